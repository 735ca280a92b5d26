using System.Globalization;
using Loop.Sdk.Harness;
using Loop.Sdk.UserAgent;

namespace Loop.Sdk.Server.Tests.Hosting.Harness;

/// <summary>A window as a process of its own: it writes as fast as it is answered until it is told to stop, and then says what it shows.</summary>
internal static class WindowWorker
{
    public const string Name = "window";
    public const string Wrote = "wrote";
    public const string Stopped = "stopped";

    /// <summary>After how many writes it says so.</summary>
    public const int SaysAfter = 10;

    // More than the window of history holds.
    private const int Places = 700;

    public static async Task RunAsync(string socket, string seed)
    {
        await using var channel = LocalServiceFolder.Connect(socket);
        var agent = channel.UserAgent;
        await using var views = new WindowViews(agent);
        var session = await agent.StartSessionAsync();

        // The console's own asynchronous read holds its caller.
        var stop = Task.Run(Console.In.ReadLine);
        var random = new SeededRandom(long.Parse(seed, CultureInfo.InvariantCulture));
        for (var count = 1; !stop.IsCompleted; count++)
        {
            await WriteAsync(agent, session, random);
            if (count % SaysAfter == 0)
            {
                Console.WriteLine(Wrote);
            }
        }

        Console.WriteLine(Stopped);
        Console.WriteLine(await views.ReadAsync());
    }

    private static Task WriteAsync(UserAgentClient agent, long session, SeededRandom random)
    {
        var url = $"https://{random.Next(Places)}.example/";
        return random.Next(4) switch
        {
            0 => agent.StarAsync(url, session, $"Title {random.Next(5)}"),
            1 => agent.UnstarAsync(url, session),
            2 => agent.VisitAsync(url, session, $"Title {random.Next(5)}"),
            _ => agent.VisitAsync(url, session),
        };
    }
}
