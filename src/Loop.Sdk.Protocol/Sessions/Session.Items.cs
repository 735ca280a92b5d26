using Loop.Sdk.Frames;

namespace Loop.Sdk.Sessions;

/// <summary>Runs of whole messages for one stream, which is what a busy stream consists of: checked and counted together, so that one lock serves them all.</summary>
internal sealed partial class Session
{
    // Bounds how long the lock's other users wait, and what is looked at twice.
    private const int LongestRun = 128;

    /// <summary>Receives a message and those that follow it for the same stream. Returns the length of those that follow.</summary>
    private int ReceiveItems(in Frame first, ReadOnlySpan<byte> rest)
    {
        var body = first.Body;
        var id = FrameReader.TakeVarint(ref body);
        var (cost, frames, length) = (CreditCost.Of(body.Length), 1, 0);
        while (frames < LongestRun && FrameReader.TryRead(rest[length..], out var next) && Continues(next, id, out var payload))
        {
            cost += CreditCost.Of(payload.Length);
            length += next.Length;
            frames++;
        }

        if (TryTakeItems(id, cost) is { } stream)
        {
            stream.OnMessage(body, owned: null, end: false);
            for (var offset = 0; offset < length && !stream.IsClosed;)
            {
                FrameReader.TryRead(rest[offset..], out var next);
                offset += next.Length;
                Continues(next, id, out var payload);
                stream.OnMessage(payload, owned: null, end: false);
            }

            Count(frames, first.Length + length);
            return length;
        }

        Process(first);
        return 0;
    }

    private static bool Continues(in Frame frame, ulong id, out ReadOnlySpan<byte> payload)
    {
        payload = frame.Body;
        if (frame is not { Kind: FrameKind.Item, Flags: FrameFlags.None } || !(Varint.Read(payload, out var other) is > 0 and var size) || other != id)
        {
            return false;
        }

        payload = payload[size..];
        return true;
    }

    /// <summary>Counts what a run of messages cost. Null if the stream is unknown, or in the middle of a message in parts: those are dealt with one by one.</summary>
    private SessionStream? TryTakeItems(ulong id, int cost)
    {
        lock (_gate)
        {
            if (Find(id) is not { Assembly: null } stream)
            {
                return null;
            }

            TakeSessionCredit(cost);
            TakeStreamCredit(stream, cost);
            stream.Unconsumed += cost;
            return stream;
        }
    }
}
