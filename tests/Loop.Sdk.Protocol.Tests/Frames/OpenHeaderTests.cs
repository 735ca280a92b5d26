using FsCheck;
using FsCheck.Fluent;

namespace Loop.Sdk.Frames;

[TestClass]
public sealed class OpenHeaderTests
{
    [TestMethod]
    public void Header_comes_back_when_it_is_written_and_read() =>
        Prop.ForAll<ushort, ushort, uint>((service, method, deadline) =>
        {
            var header = new OpenHeader
            {
                ServiceId = service,
                ServiceName = service == 0 ? $"app.service-{method}/1" : null,
                Method = method,
                DeadlineMs = (long)deadline << (method % 20),
                TraceParent = method % 2 == 0 ? $"00-{deadline:x32}-{deadline:x16}-01" : null,
                IdempotencyKey = method % 3 == 0 ? $"key {deadline}" : null,
            };
            var bytes = new byte[header.Size];
            ReadOnlySpan<byte> body = bytes;
            return header.Write(bytes) == bytes.Length && OpenHeader.Read(ref body) == header && body.IsEmpty;
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void Payload_follows_the_header()
    {
        ReadOnlySpan<byte> body = [3, 5, 0, 0, 0xAA, 0xBB];
        var header = OpenHeader.Read(ref body);
        Assert.AreEqual((3, 5, 0L), (header.ServiceId, header.Method, header.DeadlineMs));
        Assert.AreEqual(2, body.Length);
    }

    [TestMethod]
    public void Unknown_extras_are_skipped()
    {
        ReadOnlySpan<byte> body = [1, 1, 0, 7, 99, 2, 0xFF, 0xFF, 2, 1, (byte)'k'];
        Assert.AreEqual("k", OpenHeader.Read(ref body).IdempotencyKey);
    }

    [TestMethod]
    [DataRow(new byte[] { }, DisplayName = "nothing")]
    [DataRow(new byte[] { 1 }, DisplayName = "no method")]
    [DataRow(new byte[] { 1, 1, 0 }, DisplayName = "no extras")]
    [DataRow(new byte[] { 1, 1, 0, 9 }, DisplayName = "extras cut short")]
    [DataRow(new byte[] { 1, 1, 0, 2, 1, 5 }, DisplayName = "an extra longer than the extras")]
    [DataRow(new byte[] { 1, 1, 0, 0x81, 0x08 }, DisplayName = "too many extras")]
    [DataRow(new byte[] { 0, 0xA1, 0x01 }, DisplayName = "too long a name")]
    [DataRow(new byte[] { 0, 1, 0x1F, 1, 0, 0 }, DisplayName = "a name with a control character")]
    [DataRow(new byte[] { 0, 1, 0x80, 1, 0, 0 }, DisplayName = "a name beyond ASCII")]
    [DataRow(new byte[] { 0x80, 0x80, 0x04, 1, 0, 0 }, DisplayName = "too large a service id")]
    [DataRow(new byte[] { 1, 0x80, 0x80, 0x04, 0, 0 }, DisplayName = "too large a method")]
    public void Header_breaks_the_protocol_when_it_is_malformed(byte[] bytes)
    {
        var error = Assert.ThrowsExactly<LoopException>(() =>
        {
            ReadOnlySpan<byte> body = bytes;
            OpenHeader.Read(ref body);
        });
        Assert.AreEqual(ErrorCodes.ProtocolError, error.Code);
    }
}
