using System.Threading.Channels;
using Loop.Sdk.Rooms;

namespace QuickStart.Rooms;

/// <summary>Follows what is said in a room, over whatever happens to the connection, the session or the server.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
    private readonly Task _listening;

    public Listener(Room room, Output output) => _listening = ListenAsync(room, output);

    /// <summary>Waits until somebody has said this.</summary>
    public async Task WaitForAsync(string text)
    {
        while (await _heard.Reader.ReadAsync() != text)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        _stop.Dispose();
    }

    private async Task ListenAsync(Room room, Output output)
    {
        try
        {
            await foreach (var entry in room.Timeline.FollowAsync(_stop.Token))
            {
                var text = entry.ReadChat().Text;
                if (!entry.IsMine)
                {
                    output.Say($"  {(room.IsOwner ? "alice" : "bob")} hears {entry.AuthorName}: \"{text}\"");
                }

                _heard.Writer.TryWrite(text);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
        catch (Exception exception)
        {
            _heard.Writer.TryComplete(exception);
            throw;
        }
    }
}
