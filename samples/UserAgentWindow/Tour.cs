using System.Diagnostics;
using System.Globalization;
using Loop.Sdk.UserAgent;

namespace UserAgentWindow;

/// <summary>Plays by itself what two windows, started by hand, would do.</summary>
internal static class Tour
{
    private const string Tea = "https://tea.example/";
    private const string Milk = "https://milk.example/";
    private const string Cup = "https://cup.example/";

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("useragent-tour-").FullName;
        var arguments = new WindowArguments { Socket = Path.Combine(folder, "socket") };
        try
        {
            Say("one window opens; nobody serves yet, so it starts the service");
            await using var one = await Window.OpenAsync(arguments, new Prefixed("one"));
            var service = ServiceOf(arguments);
            Say($"process {service} serves; another window opens, and shares it");
            await using var other = await Window.OpenAsync(arguments, new Prefixed("other"));
            await one.Agent.StarAsync(Tea, one.Session, "Tea");
            await other.UntilStarredAsync(Tea);

            Say("the service is killed (SIGKILL); the other window stars a page at once");
            Kill(service);
            await other.Agent.StarAsync(Milk, other.Session, "Milk");
            await one.UntilStarredAsync(Milk);
            Say($"process {ServiceOf(arguments)} serves now; nothing is lost");

            Say("a window of version 1.1 opens; its service takes over from 1.0, under the open windows, while one of them goes on");
            var update = Window.OpenAsync(arguments with { Version = new(1, 1) }, new Prefixed("new"));
            for (var number = 0; number < 200; number++)
            {
                await one.Agent.VisitAsync($"https://{number}.example/", one.Session);
            }

            await using var third = await update;
            await third.Agent.StarAsync(Cup, third.Session, "Cup");
            await Task.WhenAll(one.UntilStarredAsync(Cup), other.UntilStarredAsync(Cup));
            await WaitForVersionAsync(arguments, "1.1");
            var visited = await one.Agent.VisitsAsync().CountAsync();
            Say($"process {ServiceOf(arguments)} serves, of version 1.1; of 200 visits, {visited} are there");
        }
        finally
        {
            // It would serve the next window. Here there is none.
            Kill(ServiceOf(arguments));
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Say(string text) => Console.WriteLine($"-- {text}");

    // Beside the socket it says which process serves, and of which version it is.
    private static string[] RecordOf(WindowArguments arguments) => File.Exists(arguments.Socket + ".pid") ? File.ReadAllText(arguments.Socket + ".pid").Split(' ') : [];

    private static int ServiceOf(WindowArguments arguments) => int.Parse(RecordOf(arguments)[0], CultureInfo.InvariantCulture);

    private static async Task WaitForVersionAsync(WindowArguments arguments, string version)
    {
        while (RecordOf(arguments) is not [_, var serving] || serving != version)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static void Kill(int process)
    {
        using var service = Process.GetProcessById(process);
        service.Kill();
        service.WaitForExit();
    }

    /// <summary>Says which window it is.</summary>
    private sealed class Prefixed(string name) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void WriteLine(string? value) => Console.WriteLine($"   {name,5}: {value}");

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            return Task.CompletedTask;
        }
    }
}
