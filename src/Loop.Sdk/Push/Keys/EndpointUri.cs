using System.Diagnostics.CodeAnalysis;

namespace Loop.Sdk.Push;

/// <summary>Endpoints as a server gives them.</summary>
internal static class EndpointUri
{
    private const int MaxLength = 2048;

    public static bool TryRead(string? text, [NotNullWhen(true)] out Uri? endpoint)
    {
        endpoint = null;
        return text is { Length: > 0 and <= MaxLength } && Uri.TryCreate(text, UriKind.Absolute, out endpoint)
            && (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.Scheme == Uri.UriSchemeHttp);
    }
}
