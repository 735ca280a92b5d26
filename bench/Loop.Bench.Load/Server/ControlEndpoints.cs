using Loop.Bench.Load.Payload;

namespace Loop.Bench.Load.Server;

/// <summary>Plain HTTP beside the target's socket: measurements and commands of the client process.</summary>
internal static class ControlEndpoints
{
    public static void Map(WebApplication app, IServerTarget target, ConnectionTracker tracker)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/control", StringComparison.Ordinal))
            {
                tracker.Spare(context.Connection.Id);
            }

            return next(context);
        });
        var control = app.MapGroup("/control");
        control.MapGet("/stats", () => Results.Json(ProcessProbe.Read(), BenchJson.Default.ServerSnapshot));
        control.MapGet("/gc", () => Results.Json(ProcessProbe.Compact(), BenchJson.Default.ServerSnapshot));
        control.MapGet("/cut", () => Results.Json(tracker.CutAll(), BenchJson.Default.Int32));
        control.MapGet("/exit", (IHostApplicationLifetime lifetime) => lifetime.StopApplication());
        control.MapGet("/push", (int milliseconds, CancellationToken aborted) => RunAsync(target.PushAsync, milliseconds, 0, aborted));
        control.MapGet("/publish", (int milliseconds, int perSecond, CancellationToken aborted) => RunAsync(target.PublishAsync, milliseconds, perSecond, aborted));
    }

    private static async Task<IResult> RunAsync(Func<Note, ValueTask> publish, int milliseconds, int perSecond, CancellationToken aborted)
    {
        var result = await Publisher.RunAsync(publish, TimeSpan.FromMilliseconds(milliseconds), perSecond, aborted);
        return Results.Json(result, BenchJson.Default.PublishResult);
    }
}
