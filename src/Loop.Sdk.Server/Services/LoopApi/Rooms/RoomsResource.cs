using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The rooms of a user.</summary>
internal sealed class RoomsResource(ApiAuthentication authentication, RoomsCore rooms, ILoopApiStorage storage, IOptions<LoopHttpApiOptions> options)
{
    private const int TokenSize = 8;
    private const string DefaultChannel = "default";
    private const long MaxSecond = RoomStorageLimits.MaxTime / 1000;

    private static readonly string[] Required = ["roomOwner", "maxSize"];

    private readonly RoomJson _json = new(options.Value);

    public async Task CreateAsync(ApiCall call)
    {
        var session = await authentication.RequireAsync(call).ConfigureAwait(false);
        call.RequireJson();
        var body = await call.BodyAsync().ConfigureAwait(false);
        Require(body);
        var fields = RoomFields.Read(body, options.Value, rooms.Options);
        var room = await AddAsync(session.User, fields, call.Aborted).ConfigureAwait(false);
        rooms.OwnerChanged(session.User, room.CreatedAt);
        if (fields.RoomName is not null)
        {
            call.Context.Response.Headers["Alert"] = "roomName is deprecated: use context";
        }

        await call.AnswerAsync(StatusCodes.Status201Created, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("roomToken", room.Token);
            writer.WriteString("roomUrl", _json.UrlOf(room.Token));
            writer.WriteNumber("expiresAt", room.ExpiresAt / 1000);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    public async Task ListAsync(ApiCall call)
    {
        var session = await authentication.RequireAsync(call).ConfigureAwait(false);
        var version = long.TryParse(call.Context.Request.Query["version"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, 0, MaxSecond) : 0;
        var since = version == 0 ? 0 : await SinceAsync(session.User, version, call.Aborted).ConfigureAwait(false);
        var now = rooms.Now;
        var changes = await rooms.Storage.Rooms.ListAsync(session.User, 0, RoomStorageLimits.MaxPage, call.Aborted).ConfigureAwait(false);
        var shown = changes.Items.Select(static change => (Room: change.Room!, change.Participants)).Where(item => item.Room.ExpiresAt > now && item.Room.UpdatedAt / 1000 >= since)
            .OrderBy(static item => item.Room.UpdatedAt).ThenBy(static item => item.Room.Offset)
            .Select(item => new OccupiedRoom(item.Room, [.. item.Participants.Where(participant => participant.ExpiresAt > now)]));
        IReadOnlyList<string> gone = version > 0 ? await GoneAsync(session.User, since, now, call.Aborted).ConfigureAwait(false) : [];
        await call.AnswerAllAsync(shown.Cast<object>().Concat(gone), Write).ConfigureAwait(false);
    }

    public async Task DeleteManyAsync(ApiCall call)
    {
        var session = await authentication.RequireAsync(call).ConfigureAwait(false);
        call.RequireJson();
        var body = await call.BodyAsync().ConfigureAwait(false);
        body.Require("deleteRoomTokens");
        body.TryGet("deleteRoomTokens", out var given);
        if (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() is 0 or > RoomStorageLimits.MaxItems
            || given.EnumerateArray().Any(static token => token.ValueKind != JsonValueKind.String))
        {
            throw ApiErrors.Invalid($"deleteRoomTokens should be a list of 1 to {RoomStorageLimits.MaxItems} tokens");
        }

        var tokens = given.EnumerateArray().Select(static token => token.GetString()!).Distinct(StringComparer.Ordinal).ToList();
        var deleted = await rooms.DeleteAsync(session.User, [.. tokens.Where(RequestChecks.IsToken)], call.Aborted).ConfigureAwait(false);
        await call.AnswerAsync(deleted.Count > 0 ? StatusCodes.Status207MultiStatus : StatusCodes.Status404NotFound, writer => Write(writer, tokens, deleted)).ConfigureAwait(false);
    }

    private static void Require(ApiBody body)
    {
        var missing = Required.Where(name => !body.Has(name)).ToList();
        if (!body.Has("context") && !body.Has("roomName"))
        {
            missing.Add("context,roomName");
        }

        if (missing.Count > 0)
        {
            throw ApiErrors.Missing(missing);
        }
    }

    private static void Write(Utf8JsonWriter writer, List<string> tokens, HashSet<string> deleted)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("responses");
        foreach (var token in tokens)
        {
            writer.WriteStartObject(token);
            writer.WriteNumber("code", deleted.Contains(token) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
            if (!deleted.Contains(token))
            {
                writer.WriteNumber("errno", ApiErrno.InvalidToken);
                writer.WriteString("error", "Room not found.");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, object item)
    {
        if (item is OccupiedRoom room)
        {
            _json.Write(writer, RoomReader.View(room, RoomAccess.Owner));
        }
        else
        {
            RoomJson.WriteGone(writer, (string)item);
        }
    }

    // Versions that were pushed may be ahead of the clock.
    private async ValueTask<long> SinceAsync(string user, long version, CancellationToken cancellationToken) =>
        (await storage.GetVersionAsync(user, cancellationToken).ConfigureAwait(false))?.SecondOf(version) ?? version;

    private async ValueTask<IReadOnlyList<string>> GoneAsync(string user, long since, long now, CancellationToken cancellationToken) => await rooms.Storage.Rooms.ListGoneAsync(
        user, Math.Max(since * 1000, now - (long)options.Value.DeletedLifetime.TotalMilliseconds), RoomStorageLimits.MaxPage, cancellationToken).ConfigureAwait(false);

    private async ValueTask<RoomRecord> AddAsync(string owner, RoomFields fields, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = rooms.Now;
            var result = await rooms.Storage.Rooms.CreateAsync(
                new NewRoom
                {
                    Token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenSize)),
                    Owner = owner,
                    CreatedAt = now,
                    ExpiresAt = now + (fields.ExpiresIn ?? (long)rooms.Options.MaxRoomLifetime.TotalMilliseconds),
                    FixedExpiry = fields.ExpiresIn is not null,
                    OwnerLimit = rooms.Options.MaxRoomsPerOwner,
                    MaxSize = fields.MaxSize!.Value,
                    RoomName = fields.RoomName,
                    OwnerName = fields.RoomOwner,
                    Channel = fields.Channel ?? DefaultChannel,
                    Context = fields.Context,
                    WrappedKey = fields.WrappedKey,
                },
                cancellationToken).ConfigureAwait(false);

            // 64 random bits are a token that there is already once in a very long time.
            if (result.Outcome != RoomOutcome.Conflict)
            {
                return result.Outcome == RoomOutcome.Done ? result.Room! : throw RoomErrors.Of(result.Outcome);
            }
        }
    }
}
