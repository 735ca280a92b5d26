using System.Globalization;
using System.Text;

namespace Loop.Sdk.WebRtc.Sdp;

/// <summary>Writes descriptions in the order of RFC 9429, section 5.2.1.</summary>
internal static class SdpWriter
{
    public static string Write(SdpDescription description)
    {
        var text = new StringBuilder(1024);
        text.Append(CultureInfo.InvariantCulture, $"v=0\r\no=- {description.SessionId} {description.Version} IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
        if (description.IsIceLite)
        {
            text.Append("a=ice-lite\r\n");
        }

        if (description.Bundle.Count > 0)
        {
            text.Append("a=group:BUNDLE ").AppendJoin(' ', description.Bundle).Append("\r\n");
        }

        foreach (var media in description.Media)
        {
            Write(text, media);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, SdpMedia media)
    {
        text.Append(CultureInfo.InvariantCulture, $"m={media.Kind} {media.Port} {media.Protocol} {media.Formats}\r\nc=IN IP4 0.0.0.0\r\n");
        foreach (var candidate in media.Candidates)
        {
            text.Append("a=").Append(candidate).Append("\r\n");
        }

        if (media.HasAllCandidates)
        {
            text.Append("a=end-of-candidates\r\n");
        }

        if (media.Transport is { } transport)
        {
            Write(text, transport);
        }

        if (media.Mid is not null)
        {
            text.Append("a=mid:").Append(media.Mid).Append("\r\n");
        }

        if (media.IsBundleOnly)
        {
            text.Append("a=bundle-only\r\n");
        }

        if (media.IsRejected)
        {
            text.Append("a=inactive\r\n");
        }
        else if (media.IsDataChannel)
        {
            text.Append(CultureInfo.InvariantCulture, $"a=sctp-port:{media.SctpPort}\r\na=max-message-size:{media.MaxMessageSize}\r\n");
        }
    }

    private static void Write(StringBuilder text, SdpTransport transport)
    {
        text.Append(CultureInfo.InvariantCulture, $"a=ice-ufrag:{transport.UsernameFragment}\r\na=ice-pwd:{transport.Password}\r\n");
        if (transport.IsTrickling)
        {
            text.Append("a=ice-options:trickle\r\n");
        }

        foreach (var fingerprint in transport.Fingerprints)
        {
            text.Append(CultureInfo.InvariantCulture, $"a=fingerprint:{fingerprint}\r\n");
        }

        var setup = transport.Setup switch
        {
            SdpSetup.Active => "active",
            SdpSetup.Passive => "passive",
            _ => "actpass",
        };
        text.Append("a=setup:").Append(setup).Append("\r\n");
    }
}
