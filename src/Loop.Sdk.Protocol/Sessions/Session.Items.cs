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

        if (!TryTakeItems(id, cost, out var stream))
        {
            Process(first);
            return 0;
        }

        stream?.OnMessage(body, owned: null, end: false);
        for (var offset = 0; offset < length && stream is { IsClosed: false };)
        {
            FrameReader.TryRead(rest[offset..], out var next);
            offset += next.Length;
            Continues(next, id, out var payload);
            stream.OnMessage(payload, owned: null, end: false);
        }

        Count(frames, first.Length + length);
        return length;
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

    /// <summary>Counts what a run of messages cost. False if its stream is in the middle of a message in parts: the first of the run ends that.</summary>
    /// <param name="id">The stream's id.</param>
    /// <param name="cost">The <see cref="CreditCost"/> of all of them.</param>
    /// <param name="stream">Null if this end gave the stream up: only the credit of what is late matters.</param>
    private bool TryTakeItems(ulong id, int cost, out SessionStream? stream)
    {
        var signal = Signal.None;
        lock (_gate)
        {
            stream = Find(id);
            if (stream is { Assembly: not null })
            {
                return false;
            }

            TakeSessionCredit(cost);
            if (stream is null)
            {
                GrantSession(cost);
                signal = Poll();
            }
            else
            {
                TakeStreamCredit(stream, cost);
                stream.Unconsumed += cost;
            }
        }

        Raise(signal);
        return true;
    }
}
