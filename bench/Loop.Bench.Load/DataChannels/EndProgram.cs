using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loop.Bench.Load.DataChannels;

/// <summary>The process of one end by this library.</summary>
internal static class EndProgram
{
    public static int Run()
    {
        using var end = new LoopEnd();

        // The console blocks whoever reads it: that is the main thread, so that the pool keeps its own.
        while (Console.In.ReadLine() is { } line)
        {
            var command = JsonElement.Parse(line);
            var value = end.DoAsync(command.GetProperty("do").GetString()!, command).GetAwaiter().GetResult();
            Console.WriteLine(new JsonObject { ["value"] = value }.ToJsonString());
        }

        return 0;
    }
}
