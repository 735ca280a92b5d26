using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>The WebSockets of old clients, by account.</summary>
internal sealed class LegacySockets(UserAgentCore core, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Serves a connection until its end.</summary>
    /// <exception cref="LoopException"><c>resource_exhausted</c>: the account has as many as may be.</exception>
    public async Task ServeAsync(HttpContext context, string account)
    {
        var count = Enter(account);
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = PingInterval, KeepAliveTimeout = PingInterval })
                .ConfigureAwait(false);
            await new LegacySocket(core, account, socket, count).RunAsync(lifetime.ApplicationStopping).ConfigureAwait(false);
        }
        finally
        {
            Leave(account);
        }
    }

    private int Enter(string account)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(account) + 1;
            if (count > core.Options.MaxLegacySockets)
            {
                throw new LoopException(ErrorCodes.ResourceExhausted, "The account has as many connections as it may have.");
            }

            core.Metrics.SocketOpened();
            return _counts[account] = count;
        }
    }

    private void Leave(string account)
    {
        lock (_lock)
        {
            core.Metrics.SocketClosed();
            if (--_counts[account] == 0)
            {
                _counts.Remove(account);
            }
        }
    }
}
