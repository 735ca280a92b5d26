using System.Runtime.CompilerServices;
using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Server.Rooms;

/// <summary>A room's signals for one participant, while it is in the room.</summary>
/// <param name="rooms">Keeps the room while it is subscribed to.</param>
/// <param name="find">Finds the participation, or refuses.</param>
internal sealed class SignalStream(LiveRooms rooms, Func<Participation> find) : IAsyncEnumerable<SealedSignal>, IPushSource<SealedSignal>
{
    public async Task PushAsync(PushQueue queue, PayloadCodec<SealedSignal> codec, CancellationToken cancellationToken)
    {
        var participation = find();
        var room = rooms.Acquire(participation.Room.Token);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, participation.Ended);
        try
        {
            await ((IPushSource<SealedSignal>)room.Signals.Subscribe()).PushAsync(queue, codec, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Over(participation);
        }
        finally
        {
            rooms.Release(room);
        }
    }

    public IAsyncEnumerator<SealedSignal> GetAsyncEnumerator(CancellationToken cancellationToken = default) => ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    private static LoopException Over(Participation participation) => RoomErrors.Of(participation.Reason ?? ErrorCodes.NotParticipant);

    private async IAsyncEnumerable<SealedSignal> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var participation = find();
        var room = rooms.Acquire(participation.Room.Token);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, participation.Ended);
        var signals = room.Signals.Subscribe().GetAsyncEnumerator(either.Token);
        try
        {
            while (true)
            {
                try
                {
                    if (!await signals.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    throw Over(participation);
                }

                yield return signals.Current;
            }
        }
        finally
        {
            await signals.DisposeAsync().ConfigureAwait(false);
            rooms.Release(room);
        }
    }
}
