using System.Collections.Concurrent;

namespace Loop.Bench.Load.Targets.Bare;

/// <summary>A room that anybody may read and join, without any check.</summary>
internal static class BareEndpoints
{
    public const string Path = "/bare/";

    public static void Map(WebApplication app)
    {
        var rooms = new ConcurrentDictionary<string, BareRoom>(StringComparer.Ordinal);
        app.MapGet(Path + "{token}", (string token) => Results.Json(rooms.GetOrAdd(token, BareRoom.Create), BareJson.Default.BareRoom));
        app.MapPost(Path + "{token}", async (string token, HttpContext context) =>
        {
            var join = await context.Request.ReadFromJsonAsync(BareJson.Default.BareJoin);
            return Results.Json(new BareJoined("loop.v1", token, join!.DisplayName, 300), BareJson.Default.BareJoined);
        });
    }
}
