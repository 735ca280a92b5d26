using System.Text.Json;

namespace Loop.Sdk.Handshake;

/// <summary>
/// Reads the two frames that every connection begins with. By hand, because thousands of clients may come at once to a process that has just started, where the
/// serializer is slower than everything else in a handshake.
/// </summary>
internal static class HandshakeReader
{
    /// <exception cref="JsonException">It is no hello.</exception>
    public static Hello ReadHello(ReadOnlySpan<byte> body)
    {
        var hello = new Hello();
        var json = new JsonFields(body);
        json.Open();
        while (json.Next())
        {
            if (json.Is("features"u8))
            {
                hello.Features = json.TakeStrings();
            }
            else if (json.Is("credentials"u8))
            {
                hello.Credentials = json.OpenUnlessNull() ? ReadCredentials(ref json) : null;
            }
            else if (json.Is("services"u8))
            {
                hello.Services = json.TakeStrings();
            }
            else if (json.Is("limits"u8))
            {
                hello.Limits = ReadLimits(ref json);
            }
            else if (json.Is("resume"u8))
            {
                hello.Resume = json.OpenUnlessNull() ? ReadResume(ref json) : null;
            }
            else
            {
                json.Skip();
            }
        }

        json.End();
        return hello;
    }

    /// <exception cref="JsonException">It is no welcome.</exception>
    public static Welcome ReadWelcome(ReadOnlySpan<byte> body)
    {
        var welcome = new Welcome { Session = "" };
        var json = new JsonFields(body);
        json.Open();
        while (json.Next())
        {
            if (json.Is("session"u8))
            {
                welcome.Session = json.TakeString();
            }
            else if (json.Is("secret"u8))
            {
                welcome.Secret = json.TakeStringOrNull();
            }
            else if (json.Is("features"u8))
            {
                welcome.Features = json.TakeStrings();
            }
            else if (json.Is("services"u8))
            {
                welcome.Services = json.TakeNumbers();
            }
            else if (json.Is("limits"u8))
            {
                welcome.Limits = ReadLimits(ref json);
            }
            else if (json.Is("keepAliveMs"u8))
            {
                welcome.KeepAliveMs = json.TakeInt32();
            }
            else if (json.Is("resumeWindowMs"u8))
            {
                welcome.ResumeWindowMs = json.TakeInt32();
            }
            else if (json.Is("resumed"u8))
            {
                welcome.Resumed = json.TakeBoolean();
            }
            else if (json.Is("received"u8))
            {
                welcome.Received = json.TakeUInt64();
            }
            else if (json.Is("expiresInMs"u8))
            {
                welcome.ExpiresInMs = json.TakeInt64OrNull();
            }
            else
            {
                json.Skip();
            }
        }

        json.End();
        return welcome;
    }

    private static PeerLimits ReadLimits(ref JsonFields json)
    {
        var limits = new PeerLimits();
        json.Open();
        while (json.Next())
        {
            if (json.Is("streamWindow"u8))
            {
                limits.StreamWindow = json.TakeInt32();
            }
            else if (json.Is("sessionWindow"u8))
            {
                limits.SessionWindow = json.TakeInt32();
            }
            else if (json.Is("maxMessage"u8))
            {
                limits.MaxMessage = json.TakeInt32();
            }
            else if (json.Is("maxStreams"u8))
            {
                limits.MaxStreams = json.TakeInt32();
            }
            else if (json.Is("ackBytes"u8))
            {
                limits.AckBytes = json.TakeInt32();
            }
            else
            {
                json.Skip();
            }
        }

        return limits;
    }

    private static Credentials ReadCredentials(ref JsonFields json)
    {
        string? scheme = null;
        string? token = null;
        while (json.Next())
        {
            if (json.Is("scheme"u8))
            {
                scheme = json.TakeString();
            }
            else if (json.Is("token"u8))
            {
                token = json.TakeString();
            }
            else
            {
                json.Skip();
            }
        }

        return new Credentials(scheme ?? throw new JsonException("There is no scheme."), token ?? throw new JsonException("There is no token."));
    }

    private static ResumeRequest ReadResume(ref JsonFields json)
    {
        string? session = null;
        string? secret = null;
        ulong? received = null;
        while (json.Next())
        {
            if (json.Is("session"u8))
            {
                session = json.TakeString();
            }
            else if (json.Is("secret"u8))
            {
                secret = json.TakeString();
            }
            else if (json.Is("received"u8))
            {
                received = json.TakeUInt64();
            }
            else
            {
                json.Skip();
            }
        }

        return new ResumeRequest(
            session ?? throw new JsonException("There is no session."),
            secret ?? throw new JsonException("There is no secret."),
            received ?? throw new JsonException("There is no position."));
    }
}
