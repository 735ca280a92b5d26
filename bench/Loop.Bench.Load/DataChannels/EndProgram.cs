using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loop.Bench.Load.DataChannels;

/// <summary>The process of one end by this library.</summary>
internal static class EndProgram
{
    public static async Task<int> RunAsync()
    {
        using var end = new LoopEnd();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var command = JsonElement.Parse(line);
            var value = await end.DoAsync(command.GetProperty("do").GetString()!, command);
            Console.WriteLine(new JsonObject { ["value"] = value }.ToJsonString());
        }

        return 0;
    }
}
