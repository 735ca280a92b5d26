using FsCheck;
using FsCheck.Fluent;

namespace Loop.Sdk.WebRtc.DataChannels;

[TestClass]
public sealed class OpenMessageTests
{
    [TestMethod]
    public void Open_is_as_by_hand_when_it_is_written()
    {
        var options = new DataChannelOptions { IsOrdered = false, MaxRetransmits = 5, Protocol = "pq" };
        Assert.AreEqual("0381010000000005" + "0003" + "0002" + "616263" + "7071", Convert.ToHexString(OpenMessage.Write("abc", options)));
    }

    [TestMethod]
    public void Open_comes_back_when_it_is_written_and_read() =>
        Prop.ForAll<NonNull<string>, NonNull<string>, Tuple<bool, byte, ushort>>((label, protocol, how) =>
        {
            var options = new DataChannelOptions
            {
                IsOrdered = how.Item1,
                MaxRetransmits = how.Item2 % 3 == 1 ? how.Item3 : null,
                MaxPacketLifetime = how.Item2 % 3 == 2 ? TimeSpan.FromMilliseconds(how.Item3) : null,
                Protocol = Clean(protocol.Get),
            };
            var read = OpenMessage.Read(OpenMessage.Write(Clean(label.Get), options));
            return read is not null && read.Label == Clean(label.Get) && read.Options == options;
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    [DataRow("", DisplayName = "nothing")]
    [DataRow("02", DisplayName = "an ACK")]
    [DataRow("030000000000000000000001", DisplayName = "a protocol that is not there")]
    [DataRow("03000000000000000001000061FF", DisplayName = "a byte too many")]
    [DataRow("030300000000000000000000", DisplayName = "an unknown kind of channel")]
    [DataRow("010000000000000000000000", DisplayName = "an unknown message")]
    public void Open_is_refused_when_it_is_malformed(string hex) => Assert.IsNull(OpenMessage.Read(Convert.FromHexString(hex)));

    /// <summary>Half a surrogate pair is no UTF-8.</summary>
    private static string Clean(string text) => string.Concat(text.Where(character => !char.IsSurrogate(character)));
}
