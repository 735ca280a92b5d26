using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>Creates rooms.</summary>
internal sealed class RoomCreation(RoomServices services, RoomOpening opening)
{
    private const int MaxTries = 4;

    /// <summary>Creates a room: once, also if answers get lost on the way.</summary>
    public async Task<(RoomScope Scope, RoomInfo Info)> CreateAsync(NewRoom room, CancellationToken cancellationToken)
    {
        var owner = services.Options.RequireOwnerKey();
        for (var tries = 1; ; tries++)
        {
            var token = await ReserveAsync(cancellationToken).ConfigureAwait(false);
            using var key = RoomKey.Generate();
            var scope = opening.Create(token, key);
            try
            {
                return (scope, await CreateAsync(Seal(scope, owner, room), cancellationToken).ConfigureAwait(false));
            }
            catch (LoopException error) when (error.Code == ErrorCodes.TokenNotReserved && tries < MaxTries)
            {
                // The session that it was reserved on is gone, and with it the token.
                scope.Dispose();
            }
            catch
            {
                scope.Dispose();
                throw;
            }
        }
    }

    private static CreateRoom Seal(RoomScope scope, OwnerKey owner, NewRoom room) => new()
    {
        Token = scope.Ref.Token,
        MaxSize = room.MaxSize,
        ExpiresInSeconds = RoomDurations.Seconds(room.ExpiresIn),
        Locked = room.Locked,
        Context = ContextSealer.Seal(scope.Keys.RequireCipher(), room.Context ?? new RoomContext(), 1, scope.Self.Key, successions: null),
        WrappedKey = scope.Keys.Wrap(owner, scope.Self.Key),
        Epoch = scope.Keys.Epoch,
    };

    private async Task<string> ReserveAsync(CancellationToken cancellationToken)
    {
        var reserved = await services.Rooms.ReserveAsync(cancellationToken).ConfigureAwait(false);
        return RoomTokens.Check(reserved.Token);
    }

    private async Task<RoomInfo> CreateAsync(CreateRoom room, CancellationToken cancellationToken)
    {
        var pacing = new RetryPacing(services.Time);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await services.Rooms.CreateAsync(room, cancellationToken).ConfigureAwait(false);
            }
            catch (LoopException error) when (RoomCodes.IsLost(error) && tries < MaxTries)
            {
                await pacing.PauseAsync(atOnce: true, cancellationToken).ConfigureAwait(false);
                await WaitForSessionAsync(room.Token!, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Whether the room is there does not matter: creating it again says so.
    private async Task WaitForSessionAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            await services.Rooms.GetAsync(new RoomRef(token), cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error) when (error.Code == ErrorCodes.RoomNotFound)
        {
        }
    }
}
