using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>Makes calls that need to be in the room: after a lost session the room is joined again, and the call made again.</summary>
internal sealed class RoomCalls(RoomServices services, RoomRef room, Membership membership)
{
    private const int MaxTries = 4;

    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="repeatable">Whether it does no harm to make it again when its answer was lost.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, bool repeatable, CancellationToken cancellationToken)
    {
        var pacing = new RetryPacing(services.Time);
        for (var tries = 1; ; tries++)
        {
            var generation = membership.Generation;
            try
            {
                return await call(cancellationToken).ConfigureAwait(false);
            }
            catch (LoopException error) when (tries < MaxTries && CanTryAgain(error, repeatable))
            {
                if (RoomCodes.IsLost(error))
                {
                    await pacing.PauseAsync(atOnce: true, cancellationToken).ConfigureAwait(false);

                    // Waits for a session, since this call may be sent at any time.
                    await services.Rooms.GetAsync(room, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await membership.TryRecoverAsync(error, generation, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private bool CanTryAgain(LoopException error, bool repeatable) =>
        (repeatable && RoomCodes.IsLost(error)) || (membership.IsWanted && RoomCodes.IsOut(error));
}
