using System.Globalization;
using Loop.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Loop.Sdk.Generators.Baseline;

/// <summary>Reads a baseline: one method a line, blank lines and lines that start with <c>#</c> passed over.</summary>
internal static class BaselineReader
{
    private const string Suffix = ".contracts.txt";

    // Contract, number, method, kind, and at least one type on either side of the arrow.
    private const int LeastWords = 7;

    private static readonly char[] Blanks = [' ', '\t'];

    public static bool IsBaseline(AdditionalText file) => file.Path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    public static BaselineFile Read(AdditionalText file, CancellationToken cancellationToken)
    {
        var entries = new List<BaselineEntry>();
        var diagnostics = new List<DiagnosticInfo>();
        var seen = new HashSet<(string, int)>();
        foreach (var line in file.GetText(cancellationToken)?.Lines ?? Enumerable.Empty<TextLine>())
        {
            var text = line.ToString().Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            var location = new LocationInfo(file.Path, line.Span, line.Text!.Lines.GetLinePositionSpan(line.Span));
            if (Parse(text, location) is not { } entry)
            {
                diagnostics.Add(DiagnosticInfo.Create(Rules.BaselineUnreadable, location, text, "a line is 'contract number method kind request -> response'"));
            }
            else if (!seen.Add((entry.Contract, entry.Number)))
            {
                diagnostics.Add(DiagnosticInfo.Create(Rules.BaselineUnreadable, location, text, "the number is listed twice"));
            }
            else
            {
                entries.Add(entry);
            }
        }

        return new BaselineFile(new(entries), new(diagnostics));
    }

    private static BaselineEntry? Parse(string text, LocationInfo location)
    {
        var words = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= LeastWords
            && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && BaselineFormat.IsKind(words[3])
            ? new BaselineEntry(words[0], number, words[2], string.Join(" ", words.Skip(3)), location)
            : null;
    }
}
