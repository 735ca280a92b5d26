using System.Text;

namespace Loop.Sdk.WebRtc.Mesh;

[TestClass]
public sealed class LinkFrameTests
{
    [TestMethod]
    public void Frames_are_read_as_they_were_written()
    {
        var frame = LinkFrame.Message(LinkFrameKind.Message, 7, "text", "hello"u8);
        Assert.IsTrue(LinkFrame.TryRead(frame, out var read));
        Assert.AreEqual((LinkFrameKind.Message, 7L, "text", "hello"), (read.Kind, read.Number, read.Name, Encoding.UTF8.GetString(read.Payload)));
        Assert.AreEqual("01000000000000000704746578" + "7468656C6C6F", Convert.ToHexString(frame));
        Assert.IsTrue(LinkFrame.TryRead(LinkFrame.Control(LinkFrameKind.Acknowledge, 3), out read));
        Assert.AreEqual((LinkFrameKind.Acknowledge, 3L), (read.Kind, read.Number));
        Assert.IsTrue(LinkFrame.TryRead(LinkFrame.Resume(3, 4, 5), out read));
        Assert.AreEqual((LinkFrameKind.Resume, 3L, 4L, 5L), (read.Kind, read.Number, read.Mine, read.Yours));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("00")]
    [DataRow("050000000000000000")]
    [DataRow("00FFFFFFFFFFFFFFFF")]
    [DataRow("0000000000000000000A")]
    [DataRow("010000000000000001")]
    [DataRow("01000000000000000100")]
    [DataRow("0100000000000000010561")]
    [DataRow("01000000000000000101FF")]
    [DataRow("0100000000000000014161")]
    public void Malformed_frames_are_refused(string hex) => Assert.IsFalse(LinkFrame.TryRead(Convert.FromHexString(hex), out _));

    [TestMethod]
    public void Any_bytes_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(1);
        var bytes = new byte[80];
        for (var round = 0; round < 200_000; round++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)random.Next(7);
            bytes[9] = (byte)random.Next(70);
            if (LinkFrame.TryRead(bytes.AsSpan(0, random.Next(bytes.Length)), out var read))
            {
                Assert.IsLessThanOrEqualTo(LinkFrame.MaxName, read.Name.Length);
            }
        }
    }
}
