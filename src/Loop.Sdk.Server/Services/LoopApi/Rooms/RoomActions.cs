using System.Text.Json;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>What those who are in a room do, and those who come in.</summary>
internal sealed class RoomActions(ApiAuthentication authentication, RoomsCore rooms, RoomEntrance entrance, LoopApiMetrics metrics)
{
    private const int MaxDomains = 1000;

    public async Task RunAsync(ApiCall call)
    {
        var room = await RoomReader.FindRoomAsync(rooms, call).ConfigureAwait(false);
        var caller = await authentication.IdentifyAsync(call, call.Token).ConfigureAwait(false);
        var body = await call.BodyAsync().ConfigureAwait(false);
        body.Require("action");
        var action = body.Text("action");
        if (action is not ("join" or "refresh" or "leave" or "status" or "logDomain"))
        {
            throw ApiErrors.Invalid("Invalid action");
        }

        if (caller.User is null && action != "join")
        {
            throw ApiErrors.Unauthorized("Token,Hawk");
        }

        if (action == "join")
        {
            await entrance.JoinAsync(call, body, room, caller).ConfigureAwait(false);
            return;
        }

        // Who is in it, only the others have to know.
        var occupied = await RoomReader.FindAsync(rooms, call).ConfigureAwait(false);
        await (action switch
        {
            "refresh" => RefreshAsync(call, occupied, caller),
            "leave" => LeaveAsync(call, occupied, caller),
            "status" => StatusAsync(call, body, occupied, caller),
            _ => LogDomainAsync(call, body, occupied, caller),
        }).ConfigureAwait(false);
    }

    private async Task RefreshAsync(ApiCall call, OccupiedRoom room, RoomCaller caller)
    {
        var own = room.Present.FirstOrDefault(caller.Is) ?? throw ApiErrors.Expired();
        var now = rooms.Now;
        var outcome = await rooms.Storage.Participants.RefreshAsync(own.Room, own.Id, now + (long)rooms.Options.Lease.TotalMilliseconds, now, call.Aborted).ConfigureAwait(false);
        if (outcome != ParticipantOutcome.Done)
        {
            throw ApiErrors.Expired();
        }

        await call.AnswerAsync(StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("expires", (long)rooms.Options.Lease.TotalSeconds);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private async Task LeaveAsync(ApiCall call, OccupiedRoom room, RoomCaller caller)
    {
        if (room.Present.FirstOrDefault(caller.Is) is not { } own || !await entrance.LeaveAsync(room, own, call.Aborted).ConfigureAwait(false))
        {
            throw ApiErrors.NotParticipant();
        }

        call.Answer(StatusCodes.Status204NoContent);
    }

    // How the media are doing was written to the log by the original. Here only that it is well formed is of interest.
    private static Task StatusAsync(ApiCall call, ApiBody body, OccupiedRoom room, RoomCaller caller)
    {
        foreach (var name in (ReadOnlySpan<string>)["event", "state"])
        {
            if (string.IsNullOrEmpty(body.Text(name)))
            {
                throw ApiErrors.Invalid($"{name} should be a string");
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["connections", "sendStreams", "recvStreams"])
        {
            if (body.Number(name) is null or < 0)
            {
                throw ApiErrors.Invalid($"{name} should be a number that is not negative");
            }
        }

        return FinishAsync(call, room, caller);
    }

    private Task LogDomainAsync(ApiCall call, ApiBody body, OccupiedRoom room, RoomCaller caller)
    {
        body.Require("domains");
        body.TryGet("domains", out var domains);
        if (domains.ValueKind != JsonValueKind.Array || domains.GetArrayLength() > MaxDomains)
        {
            throw ApiErrors.Invalid($"domains should be a list of at most {MaxDomains}");
        }

        var total = 0L;
        foreach (var domain in domains.EnumerateArray())
        {
            if (domain.ValueKind != JsonValueKind.Object || !domain.TryGetProperty("domain", out var name) || name.ValueKind != JsonValueKind.String
                || !domain.TryGetProperty("count", out var count) || count.ValueKind != JsonValueKind.Number || !count.TryGetInt32(out var number) || number < 0)
            {
                throw ApiErrors.Invalid("domains should have the members domain and count");
            }

            total += number;
        }

        var finished = FinishAsync(call, room, caller);
        metrics.Shared(total);
        return finished;
    }

    private static Task FinishAsync(ApiCall call, OccupiedRoom room, RoomCaller caller)
    {
        if (!room.Present.Any(caller.Is))
        {
            throw ApiErrors.NotParticipant();
        }

        call.Answer(StatusCodes.Status204NoContent);
        return Task.CompletedTask;
    }
}
