using System.Text.RegularExpressions;

namespace Loop.Sdk.Conventions.Tests.Documents;

internal static partial class LinkReader
{
    public static IEnumerable<string> RelativeLinks(string markdown) =>
        Links().Matches(markdown)
            .Select(static match => match.Groups["target"].Value)
            .Where(static target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(static target => target.Split('#')[0]);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Links();
}
