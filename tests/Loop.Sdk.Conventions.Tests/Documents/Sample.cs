namespace Loop.Sdk.Conventions.Tests.Documents;

/// <summary>One fenced block of C# in a document.</summary>
internal sealed record Sample(string Document, int Line, string Code)
{
    private const string Fence = "```";

    public static IEnumerable<Sample> ReadAll(string file, string name)
    {
        var lines = File.ReadAllLines(file);
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].TrimEnd() != Fence + "csharp")
            {
                continue;
            }

            var first = index + 1;
            while (++index < lines.Length && !lines[index].StartsWith(Fence, StringComparison.Ordinal))
            {
            }

            yield return new Sample(name, first, string.Join('\n', lines[first..index]));
        }
    }
}
