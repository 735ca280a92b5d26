using System.Diagnostics.CodeAnalysis;

namespace Loop.Sdk.Server;

/// <summary>Checks that services share, of what JSON's types cannot say.</summary>
internal static class RequestCheck
{
    public static LoopException Invalid(string what) => new(ErrorCodes.InvalidRequest, what);

    /// <summary>JSON may say null where a request is expected.</summary>
    public static T Some<T>([NotNull] T? request)
        where T : class => request ?? throw Invalid("The request is missing.");

    /// <summary>JSON may give an enumeration as a number, and that any.</summary>
    public static T Defined<T>(T value)
        where T : struct, Enum => Enum.IsDefined(value) ? value : throw Invalid("The value is none of those that there are.");

    /// <summary>Whether a text is of visible ASCII characters only, as ids are.</summary>
    public static bool IsVisible([NotNullWhen(true)] string? text, int least, int most) =>
        text is not null && text.Length >= least && text.Length <= most && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
