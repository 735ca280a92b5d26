using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Loop.Bench.Load.Payload;

namespace Loop.Bench.Load.Targets.Typed;

/// <summary>A frame's payload: the call's id, then the note as JSON.</summary>
internal sealed class NoteCodec : IDisposable
{
    private const int IdSize = sizeof(int);

    [ThreadStatic]
    private static NoteCodec? _current;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;

    private NoteCodec() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Encodes into memory that belongs to this thread: it must be copied before anything else runs here.</summary>
    public static ReadOnlyMemory<byte> Encode(int callId, Note note) => (_current ??= new NoteCodec()).EncodeCore(callId, note);

    public static int DecodeId(ReadOnlyMemory<byte> payload) => BinaryPrimitives.ReadInt32LittleEndian(payload.Span);

    public static Note DecodeNote(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize(payload.Span[IdSize..], BenchJson.Default.Note) ?? throw new JsonException("A note is null.");

    public void Dispose() => _writer.Dispose();

    private ReadOnlyMemory<byte> EncodeCore(int callId, Note note)
    {
        _buffer.ResetWrittenCount();
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(IdSize), callId);
        _buffer.Advance(IdSize);
        _writer.Reset();
        JsonSerializer.Serialize(_writer, note, BenchJson.Default.Note);
        return _buffer.WrittenMemory;
    }
}
