using System.Buffers;
using System.Globalization;
using System.Text;

namespace Loop.Sdk.Server;

/// <summary>Checks names that people read, when they come in clear. A name must not be able to look like something else, or to change what stands around it.</summary>
internal static class DisplayText
{
    // Languages that stack marks have up to four on a letter.
    private const int MaxMarks = 8;

    /// <summary>Checks a name. An empty one is none.</summary>
    /// <exception cref="LoopException"><c>invalid_name</c>.</exception>
    public static void Check(string text, int most)
    {
        if (text.Length > most)
        {
            throw Invalid($"is longer than {most} characters");
        }

        var isVisible = text.Length == 0;
        var marks = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != OperationStatus.Done)
            {
                throw Invalid("has half a character");
            }

            rest = rest[length..];
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || IsNoCharacter(rune.Value))
            {
                throw Invalid("has control characters");
            }

            if (ChangesDirection(rune.Value))
            {
                throw Invalid("changes the direction of text around it");
            }

            if (IsHidden(rune.Value))
            {
                throw Invalid("has characters that cannot be seen");
            }

            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MaxMarks)
            {
                throw Invalid("has too many marks on a letter");
            }

            isVisible |= Shows(category) && !IsBlank(rune.Value);
        }

        if (!isVisible)
        {
            throw Invalid("shows nothing");
        }
    }

    // Embeddings and overrides, isolates, and the deprecated format characters.
    private static bool ChangesDirection(int value) => value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x206F);

    // Soft hyphen, zero-width space, word joiner and invisible operators, byte order mark, annotations, language tag. Joiners and directional marks are letters' neighbours, and stay.
    private static bool IsHidden(int value) =>
        value is 0x00AD or 0x034F or 0x180E or 0x200B or (>= 0x2060 and <= 0x2065) or 0xFEFF or (>= 0xFFF9 and <= 0xFFFB) or (>= 0x1D173 and <= 0x1D17A) or 0xE0001;

    private static bool IsNoCharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;

    // Hangul fillers and the empty Braille pattern are letters and symbols, but blank.
    private static bool IsBlank(int value) => value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0;

    private static bool Shows(UnicodeCategory category) => category
        is <= UnicodeCategory.OtherLetter
        or (>= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber)
        or (>= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherSymbol)
        or UnicodeCategory.OtherNotAssigned;

    private static LoopException Invalid(string what) => new(ErrorCodes.InvalidName, $"The name {what}.");
}
