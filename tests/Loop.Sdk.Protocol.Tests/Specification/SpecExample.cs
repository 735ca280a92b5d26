using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Loop.Sdk.Specification;

/// <summary>One example of the specification: bytes, and what they mean.</summary>
internal sealed partial record SpecExample(string Name, byte[] Bytes, JsonNode Meaning)
{
    /// <summary>Every hex block of the document that a JSON block follows.</summary>
    public static IReadOnlyList<SpecExample> ReadAll() =>
        [.. Blocks().Matches(File.ReadAllText(Find())).Select(static match => new SpecExample(
            match.Groups["name"].Value,
            Convert.FromHexString(string.Concat(match.Groups["hex"].Value.Where(char.IsAsciiHexDigit))),
            JsonNode.Parse(match.Groups["json"].Value)!))];

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "docs", "protocol.md");
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new FileNotFoundException("docs/protocol.md is not above the tests.");
    }

    [GeneratedRegex("```hex (?<name>[a-z-]+)\\n(?<hex>[0-9a-f\\s]+)```\\s+```json\\n(?<json>.+?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocks();
}
