using System.Buffers.Binary;
using Loop.Sdk.WebRtc.Mesh.Harness;

namespace Loop.Sdk.WebRtc.Mesh;

[TestClass]
public sealed class OutgoingFileTests
{
    private const int Pieces = 4;
    private const long Size = Pieces * FileTransfers.Piece;

    [TestMethod]
    public async Task File_ends_when_all_of_it_is_acknowledged_while_it_goes_again()
    {
        await using var link = new PeerLink("peer", "member", new NullSink());
        var way = new HeldTransport();
        link.Add(way);
        var (file, sending) = Begin(link);
        for (var piece = 0; piece < Pieces; piece++)
        {
            Assert.AreEqual(piece * FileTransfers.Piece, Offset(await way.NextAsync()));
            way.Let();
        }

        file.WayChanged();
        Assert.AreEqual(0, Offset(await way.NextAsync()));

        // The receiver had everything: what it said of it arrives now, and it says it only once.
        Assert.IsTrue(file.Take(new FileSignal { Kind = FileSignalKind.Progress, Id = file.Id, Offset = Size }));
        Assert.IsTrue(file.Take(new FileSignal { Kind = FileSignalKind.Done, Id = file.Id }));
        way.Let();
        await sending;
    }

    [TestMethod]
    public async Task What_was_taken_in_does_not_go_again()
    {
        await using var link = new PeerLink("peer", "member", new NullSink());
        var way = new HeldTransport();
        link.Add(way);
        var (file, sending) = Begin(link);
        for (var piece = 0; piece < 3; piece++)
        {
            await way.NextAsync();
            way.Let();
        }

        Assert.AreEqual(3 * FileTransfers.Piece, Offset(await way.NextAsync()));
        file.WayChanged();
        way.Let();
        Assert.AreEqual(0, Offset(await way.NextAsync()));
        Assert.IsTrue(file.Take(new FileSignal { Kind = FileSignalKind.Progress, Id = file.Id, Offset = 3 * FileTransfers.Piece }));
        way.Let();
        Assert.AreEqual(3 * FileTransfers.Piece, Offset(await way.NextAsync()));
        way.Let();
        Assert.IsTrue(file.Take(new FileSignal { Kind = FileSignalKind.Progress, Id = file.Id, Offset = Size }));
        Assert.IsTrue(file.Take(new FileSignal { Kind = FileSignalKind.Done, Id = file.Id }));
        await sending;
    }

    [TestMethod]
    public async Task Progress_beyond_what_was_read_is_refused()
    {
        await using var link = new PeerLink("peer", "member", new NullSink());
        var way = new HeldTransport();
        link.Add(way);
        var (file, sending) = Begin(link);
        await way.NextAsync();
        Assert.IsFalse(file.Take(new FileSignal { Kind = FileSignalKind.Progress, Id = file.Id, Offset = FileTransfers.Piece + 1 }));
        file.Fail(new LoopException(ErrorCodes.PeerGone, "Gone."));
        way.Let();
        Assert.AreEqual(ErrorCodes.PeerGone, (await Assert.ThrowsExactlyAsync<LoopException>(() => sending)).Code);
    }

    private static (OutgoingFile File, Task Sending) Begin(PeerLink link)
    {
        var file = new OutgoingFile(link, 1, Size);
        var sending = file.RunAsync("name", null, new MemoryStream(new byte[Size]), null, CancellationToken.None);
        Assert.IsTrue(file.Take(new FileSignal { Kind = FileSignalKind.Accept, Id = 1 }));
        return (file, sending);
    }

    private static long Offset(byte[] frame) => BinaryPrimitives.ReadInt64BigEndian(frame.AsSpan(FileTransfers.OffsetAt));
}
