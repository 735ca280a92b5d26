using System.Buffers;
using System.Globalization;
using System.Text;

namespace Loop.Sdk.WebRtc;

/// <summary>Makes names of others' files safe to save under: no folders, nothing that is not seen or turns text around, nothing that a system takes for something else.</summary>
internal static class FileNames
{
    public const string Nameless = "file";

    private const int MaxBytes = 200;

    private static readonly SearchValues<char> Reserved = SearchValues.Create("<>:\"|?*\\/");

    public static string Clean(string? name)
    {
        var last = (name ?? "").AsSpan();
        last = last[(last.LastIndexOfAny('/', '\\') + 1)..];
        var text = new StringBuilder();
        var bytes = 0;
        foreach (var rune in last.ToString().Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            var isKept = IsShown(rune);
            bytes += isKept ? rune.Utf8SequenceLength : 0;
            if (bytes > MaxBytes)
            {
                break;
            }

            if (isKept)
            {
                text.Append(rune.IsBmp && Reserved.Contains((char)rune.Value) ? "_" : rune.ToString());
            }
        }

        // Leading dots hide files; trailing ones and spaces are dropped by some systems, and then it is another name.
        var clean = text.ToString().TrimStart('.', ' ').TrimEnd('.', ' ');
        var stem = clean.Split('.')[0].TrimEnd();
        return clean.Length == 0 ? Nameless : IsDevice(stem) ? "_" + clean : clean;
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && rune != Rune.ReplacementChar;

    private static bool IsDevice(string stem)
    {
        var upper = stem.ToUpperInvariant();
        return upper is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || (upper.Length == 4 && (upper.StartsWith("COM", StringComparison.Ordinal) || upper.StartsWith("LPT", StringComparison.Ordinal)) && char.IsDigit(upper[3]));
    }
}
