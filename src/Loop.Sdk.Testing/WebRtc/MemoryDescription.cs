using System.Globalization;
using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Testing;

/// <summary>A description as the memory engine writes it: enough of SDP that what matters can be changed by who is in between.</summary>
internal sealed record MemoryDescription(string Ufrag, string Fingerprint, long MaxMessageSize)
{
    private const string Head = "v=0\r\no=memory 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n";
    private const string UfragLine = "a=ice-ufrag:";
    private const string FingerprintLine = "a=fingerprint:memory ";
    private const string SizeLine = "a=max-message-size:";

    public string Write() => string.Create(CultureInfo.InvariantCulture, $"{Head}{UfragLine}{Ufrag}\r\n{FingerprintLine}{Fingerprint}\r\n{SizeLine}{MaxMessageSize}\r\n");

    /// <exception cref="LoopException"><c>invalid_description</c>.</exception>
    public static MemoryDescription Read(SessionDescription description)
    {
        var lines = description.Sdp.Split("\r\n");
        return description.Sdp.StartsWith(Head, StringComparison.Ordinal)
            && Value(lines, UfragLine) is { } ufrag
            && Value(lines, FingerprintLine) is { } fingerprint
            && long.TryParse(Value(lines, SizeLine), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? new MemoryDescription(ufrag, fingerprint, size)
            : throw new LoopException(ErrorCodes.InvalidDescription, "It is no description of the memory engine.");
    }

    private static string? Value(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..] is { Length: > 0 } value ? value : null;
}
