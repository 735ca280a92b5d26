using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>One room.</summary>
internal sealed class RoomResource(ApiAuthentication authentication, RoomsCore rooms, IOptions<LoopHttpApiOptions> options)
{
    private const int Attempts = 5;

    private readonly RoomJson _json = new(options.Value);

    /// <summary>That there is no such room is said before the credentials are looked at.</summary>
    public async Task GetAsync(ApiCall call)
    {
        var room = await RoomReader.FindAsync(rooms, call).ConfigureAwait(false);
        var caller = await authentication.IdentifyAsync(call, call.Token).ConfigureAwait(false);
        if (caller.User is null)
        {
            await call.AnswerAsync(StatusCodes.Status200OK, writer => _json.WriteOpen(writer, RoomReader.View(room, RoomAccess.Public))).ConfigureAwait(false);
            return;
        }

        var access = caller.User == room.Room.Owner ? RoomAccess.Owner
            : room.Present.Any(participant => participant.User == caller.User) ? RoomAccess.Participant
            : throw ApiErrors.Forbidden();
        await call.AnswerAsync(StatusCodes.Status200OK, writer => _json.Write(writer, RoomReader.View(room, access))).ConfigureAwait(false);
    }

    public async Task UpdateAsync(ApiCall call)
    {
        var session = await authentication.RequireAsync(call).ConfigureAwait(false);
        var room = await RoomReader.FindRoomAsync(rooms, call).ConfigureAwait(false);
        var fields = RoomFields.Read(await call.BodyAsync().ConfigureAwait(false), options.Value, rooms.Options);
        if (fields.Context is not null && room.Epoch > 0)
        {
            throw ApiErrors.Invalid("The room's context has another kind of key.");
        }

        if (room.Owner != session.User)
        {
            throw ApiErrors.Forbidden();
        }

        var changed = await ApplyAsync(room, fields, call.Aborted).ConfigureAwait(false);
        await call.AnswerAsync(StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("expiresAt", changed.ExpiresAt / 1000);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    public async Task DeleteAsync(ApiCall call)
    {
        var session = await authentication.RequireAsync(call).ConfigureAwait(false);
        var room = await RoomReader.FindRoomAsync(rooms, call).ConfigureAwait(false);
        if (room.Owner != session.User)
        {
            throw ApiErrors.Forbidden();
        }

        var deleted = await rooms.DeleteAsync(session.User, [room.Token], call.Aborted).ConfigureAwait(false);
        call.Answer(deleted.Count > 0 ? StatusCodes.Status204NoContent : throw ApiErrors.NoRoom());
    }

    // Clients of HTTP know nothing of a context's version: the newest wins.
    private async ValueTask<RoomRecord> ApplyAsync(RoomRecord room, RoomFields fields, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = rooms.Now;
            var result = await rooms.Storage.Rooms.UpdateAsync(room.Token, UpdateOf(room, fields, now), now, cancellationToken).ConfigureAwait(false);
            if (result.Outcome == RoomOutcome.Done)
            {
                rooms.Changed(room.Token, room.Owner, now);
                return result.Room!;
            }

            room = result.Room ?? throw ApiErrors.NoRoom();
            if (fields.Context is not null && room.Epoch > 0)
            {
                throw ApiErrors.Invalid("The room's context has another kind of key.");
            }
        }

        throw ApiErrors.Unavailable();
    }

    // Whoever set an end keeps it; without one, a change prolongs the room as the original did.
    private RoomUpdate UpdateOf(RoomRecord room, RoomFields fields, long now) => new()
    {
        ExpectedVersion = room.Version,
        ExpiresAt = fields.ExpiresIn is { } lifetime ? now + lifetime : room.FixedExpiry ? null : now + (long)rooms.Options.MaxRoomLifetime.TotalMilliseconds,
        FixedExpiry = fields.ExpiresIn is null ? null : true,
        MaxSize = fields.MaxSize,
        RoomName = fields.Context is null ? fields.RoomName : "",
        OwnerName = fields.RoomOwner,
        Context = fields.Context is null ? null : fields.Context with { Version = (room.Context?.Version ?? 0) + 1 },
        WrappedKey = fields.WrappedKey,
    };
}
