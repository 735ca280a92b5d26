namespace Loop.Bench.Load.Wire;

/// <summary>The first byte of a frame of the hand-written targets.</summary>
internal enum FrameKind : byte
{
    Echo,
    StreamNotes,
    StreamBytes,
    Item,
    Subscribe,
    Event,
    Upload,
    Download,
    Done,
}
