using Loop.Sdk.Channels;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.WebRtc;

/// <summary>The host's ICE servers, asked for again before their credentials expire. Without a server to ask, the last ones do.</summary>
internal sealed class IceServerCache(RoomScope scope, IPeerSignaling peers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private IReadOnlyList<IceServer> _servers = [];
    private DateTimeOffset _freshUntil;

    public async ValueTask<IReadOnlyList<IceServer>> GetAsync(CancellationToken cancellationToken)
    {
        var now = scope.Services.Time.GetUtcNow();
        if (now < _freshUntil)
        {
            return _servers;
        }

        using var patience = new CancellationTokenSource(Patience, scope.Services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var list = Received.Some(await peers.IceServersAsync(scope.Ref, either.Token).ConfigureAwait(false));
            _servers = [.. Received.Whole(list.Servers).Select(static server => new IceServer { Urls = Received.Whole(server.Urls), Username = server.Username, Credential = server.Credential })];

            // Whoever gets them uses them for a while.
            _freshUntil = now + (TimeSpan.FromSeconds(Math.Clamp(list.Ttl, 0, 86_400)) / 2);
        }
        catch (LoopException error)
        {
            scope.Services.Log.IceServersMissing(error.Code);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            scope.Services.Log.IceServersMissing(ErrorCodes.Unavailable);
        }

        return _servers;
    }
}
