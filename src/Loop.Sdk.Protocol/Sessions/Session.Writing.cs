using System.Text.Json;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Sessions;

/// <summary>Writing of the tracked frames, straight into the log.</summary>
internal sealed partial class Session
{
    private void WriteOpen(SessionStream stream, in OpenHeader header, ReadOnlySpan<byte> part, bool end, int total)
    {
        var more = part.Length < total;
        var headerSize = header.Size;
        var body = Varint.Length(stream.Id) + headerSize + (more ? Varint.Length((ulong)total) : 0) + part.Length;
        var size = FrameWriter.Size(body);
        var span = _log.Reserve(size);
        var offset = FrameWriter.WriteHead(span, FrameKind.Open, FlagsOf(end, more), body);
        offset += Varint.Write(span[offset..], stream.Id);
        offset += header.Write(span[offset..]);
        if (more)
        {
            offset += Varint.Write(span[offset..], (ulong)total);
        }

        part.CopyTo(span[offset..]);
        _log.Commit(size);
        Spend(stream, part.Length + (more ? Varint.Length((ulong)total) : 0));
        EndLocal(stream, end && !more);
    }

    private void WriteItem(SessionStream stream, ReadOnlySpan<byte> part, bool end, int total, bool first, bool last = true)
    {
        var announced = first && !last;
        var body = Varint.Length(stream.Id) + (announced ? Varint.Length((ulong)total) : 0) + part.Length;
        var size = FrameWriter.Size(body);
        var span = _log.Reserve(size);
        var offset = FrameWriter.WriteHead(span, FrameKind.Item, FlagsOf(end, !last), body);
        offset += Varint.Write(span[offset..], stream.Id);
        if (announced)
        {
            offset += Varint.Write(span[offset..], (ulong)total);
        }

        part.CopyTo(span[offset..]);
        _log.Commit(size);
        Spend(stream, part.Length + (announced ? Varint.Length((ulong)total) : 0));
        EndLocal(stream, end && last);
    }

    private void WriteEnd(SessionStream stream)
    {
        WriteVarints(FrameKind.End, stream.Id);
        EndLocal(stream, end: true);
    }

    /// <summary>Writes the error or the cancellation that a stream ends with.</summary>
    private void WriteLast(ulong id, LoopException? error)
    {
        if (error is null)
        {
            WriteVarints(FrameKind.Cancel, id);
            return;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(ErrorBody.Of(error), ControlJson.Default.ErrorBody);
        if (json.Length > FrameLimits.MaxPayload)
        {
            json = JsonSerializer.SerializeToUtf8Bytes(new ErrorBody(error.Code, "The error is too long to be sent."), ControlJson.Default.ErrorBody);
        }

        var body = Varint.Length(id) + json.Length;
        var size = FrameWriter.Size(body);
        var span = _log.Reserve(size);
        var offset = FrameWriter.WriteHead(span, FrameKind.Error, FrameFlags.None, body);
        offset += Varint.Write(span[offset..], id);
        json.CopyTo(span[offset..]);
        _log.Commit(size);
    }

    private void WriteCredit(ulong id, int bytes) => WriteVarints(FrameKind.Credit, id, (ulong)bytes);

    private void WriteVarints(FrameKind kind, ulong first, ulong? second = null)
    {
        var body = Varint.Length(first) + (second is { } value ? Varint.Length(value) : 0);
        var size = FrameWriter.Size(body);
        var span = _log.Reserve(size);
        var offset = FrameWriter.WriteHead(span, kind, FrameFlags.None, body);
        offset += Varint.Write(span[offset..], first);
        if (second is { } last)
        {
            Varint.Write(span[offset..], last);
        }

        _log.Commit(size);
    }

    private static FrameFlags FlagsOf(bool end, bool more) => more ? FrameFlags.More : end ? FrameFlags.End : FrameFlags.None;
}
