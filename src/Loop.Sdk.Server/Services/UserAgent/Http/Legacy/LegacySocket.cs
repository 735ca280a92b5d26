using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Loop.Sdk.Feeds;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>
/// One old client: it is greeted, and told the whole set of stars and the newest ones, at first and whenever they change. While a message is being sent, changes gather: it is told what there
/// is then. It says nothing itself.
/// </summary>
internal sealed class LegacySocket(UserAgentCore core, string account, WebSocket socket, int clientCount)
{
    private const int Recent = 5;
    private const string Diff = "diff";

    public async Task RunAsync(CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var receiving = ReceiveAsync(over);
        try
        {
            await SendAsync(new LegacyProtocol("protocol", "v1", clientCount), UserAgentHttpJson.Default.LegacyProtocol, over.Token).ConfigureAwait(false);
            await SendAsync(new LegacyConnected("connected"), UserAgentHttpJson.Default.LegacyConnected, over.Token).ConfigureAwait(false);
            await TellAsync(over.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // Either end is gone.
        }
        catch (LoopException error)
        {
            // The store fails. Old clients connect again after a while.
            core.Log.RequestFailed(error);
        }

        await over.CancelAsync().ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
        await receiving.ConfigureAwait(false);
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        using var grant = core.Feeds.Open(account, static feeds => feeds.Stars);
        await foreach (var _ in grant.Feed.SubscribeAsync(from: null, cancellationToken).ConfigureAwait(false))
        {
            var stars = await core.Storage.ListStarredAsync(account, core.Options.MaxStars, cancellationToken).ConfigureAwait(false);
            await SendAsync(
                new LegacyStars(Diff, "PROFILE_DIFF_BOOKMARKS", [.. stars.Select(static star => star.Url)]), UserAgentHttpJson.Default.LegacyStars, cancellationToken).ConfigureAwait(false);
            var recent = stars.Take(Recent).Select(static star => new StarView(star.Url, star.Title, star.StarredAt ?? 0));
            await SendAsync(
                new LegacyRecentStars(Diff, "PROFILE_DIFF_RECENT_BOOKMARKS", [.. recent]), UserAgentHttpJson.Default.LegacyRecentStars, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task SendAsync<T>(T message, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, type), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    // What the client sends is read only to see its end.
    private async Task ReceiveAsync(CancellationTokenSource over)
    {
        try
        {
            var buffer = new byte[1024];
            while ((await socket.ReceiveAsync(buffer.AsMemory(), over.Token).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // It is gone.
        }

        await over.CancelAsync().ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It is gone already.
        }
    }
}
