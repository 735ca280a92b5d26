using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Server.WebRtc;

/// <summary>Gives out the host's list, with credentials for the one who asks.</summary>
internal sealed class IceBook(WebRtcOptions options, TimeProvider time)
{
    /// <param name="user">The account or guest who is to use them.</param>
    public IceServerList For(string user) => new()
    {
        Servers = [.. options.IceServers.Select(server => View(server, user))],
        Ttl = (int)options.CredentialLifetime.TotalSeconds,
    };

    private IceServerInfo View(IceServerOptions server, string user)
    {
        if (SecretOf(server) is not { } secret)
        {
            return new IceServerInfo { Urls = [.. server.Urls], Username = server.Username, Credential = server.Credential };
        }

        var username = TurnCredentials.Username(time.GetUtcNow().ToUnixTimeSeconds() + (long)options.CredentialLifetime.TotalSeconds, user);
        return new IceServerInfo { Urls = [.. server.Urls], Username = username, Credential = TurnCredentials.Password(secret.Value, username) };
    }

    private TurnSecret? SecretOf(IceServerOptions server)
    {
        var now = time.GetUtcNow();
        return server.Secrets.Where(secret => secret.From is not { } from || from <= now).MaxBy(static secret => secret.From ?? DateTimeOffset.MinValue);
    }
}
