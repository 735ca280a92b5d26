using System.Buffers.Text;
using System.Text.Json;

namespace Loop.Bench.Load.Payload;

/// <summary>A note as bytes, for the targets that move bytes: only the id differs, and it always has nine digits.</summary>
internal static class NotePayload
{
    public const int Size = 100;
    public const int FirstId = 100_000_000;

    private const string Author = "ada.lovelace";
    private const string Text = "the engine weaves algebraic patterns, as the looms";
    private const int IdOffset = 6;
    private const int IdDigits = 9;

    private static readonly byte[] Template = JsonSerializer.SerializeToUtf8Bytes(Create(FirstId), BenchJson.Default.Note);

    public static Note Create(int id) => new(id, Author, Text);

    public static byte[] CreateBytes(int id)
    {
        var bytes = new byte[Size];
        Write(bytes, id);
        return bytes;
    }

    public static void Write(Span<byte> destination, int id)
    {
        Template.CopyTo(destination);
        Utf8Formatter.TryFormat(id, destination.Slice(IdOffset, IdDigits), out _);
    }

    public static int ReadId(ReadOnlySpan<byte> note) =>
        Utf8Parser.TryParse(note.Slice(IdOffset, IdDigits), out int id, out _) ? id : throw new FormatException("A note has no id.");
}
