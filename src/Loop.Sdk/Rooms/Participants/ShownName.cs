using System.Buffers;
using System.Globalization;
using System.Text;
using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>A name as it is shown: without what could make it look like something else, or change what stands around it.</summary>
/// <param name="Text">What is left.</param>
/// <param name="IsAltered">Whether something was taken out.</param>
internal readonly record struct ShownName(string Text, bool IsAltered)
{
    /// <summary>The longest name that is shown or sent, in UTF-16 units.</summary>
    public const int MaxLength = 100;

    // Languages that stack marks have up to four on a letter.
    private const int MaxMarks = 8;

    public static ShownName Empty { get; } = new("", IsAltered: false);

    /// <summary>Takes out of somebody else's name what is not to be shown.</summary>
    public static ShownName Clean(string name)
    {
        var text = new StringBuilder(Math.Min(name.Length, MaxLength));
        var (marks, isVisible) = (0, false);
        for (var rest = name.AsSpan(); !rest.IsEmpty;)
        {
            var isWhole = Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done;
            rest = rest[length..];
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (text.Length + length > MaxLength)
            {
                break;
            }

            if (!isWhole || marks > MaxMarks || !IsAllowed(rune.Value, category))
            {
                continue;
            }

            isVisible |= IsVisible(rune.Value, category);
            text.Append(rune.ToString());
        }

        var shown = isVisible ? text.ToString().Trim() : "";
        return new ShownName(shown, IsAltered: shown != name);
    }

    /// <summary>Why a name is not to be sent, or null. An empty one is none.</summary>
    public static string? Refusal(string name)
    {
        if (name.Length > MaxLength || Encoding.UTF8.GetByteCount(name) > MemberAnnouncement.MaxDisplayName)
        {
            return $"The name is longer than {MaxLength} characters, or {MemberAnnouncement.MaxDisplayName} bytes.";
        }

        return Clean(name).IsAltered ? "The name has characters that are not shown, or spaces around it, or shows nothing." : null;
    }

    /// <summary>Checks a name that this client is to send.</summary>
    /// <exception cref="LoopException"><c>invalid_name</c>.</exception>
    public static string Checked(string name) => Refusal(name) is { } refusal ? throw new LoopException(ErrorCodes.InvalidName, refusal) : name;

    // Not: control characters, line ends, what changes the direction of text, what is not seen, and what is no character. Joiners and directional marks are letters' neighbours, and stay.
    private static bool IsAllowed(int value, UnicodeCategory category) =>
        category is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse)
        && value is not ((>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0x00AD or 0x034F or 0x180E or 0x200B or 0xFEFF or (>= 0xFFF9 and <= 0xFFFB))
        && value is not ((>= 0xFDD0 and <= 0xFDEF) or (>= 0x1D173 and <= 0x1D17A) or 0xE0001)
        && (value & 0xFFFE) != 0xFFFE;

    // Hangul fillers and the empty Braille pattern are letters and symbols, but blank.
    private static bool IsVisible(int value, UnicodeCategory category) =>
        value is not (0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0)
        && category is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark);
}
