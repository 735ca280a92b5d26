using System.Diagnostics;

namespace QuickStart;

/// <summary>Says what happens, and when.</summary>
internal sealed class Output
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public void Say(string text) => Console.WriteLine($"[{_watch.Elapsed.TotalSeconds,5:F2} s] {text}");
}
