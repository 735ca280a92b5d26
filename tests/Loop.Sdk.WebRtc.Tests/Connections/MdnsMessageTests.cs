using System.Net;
using System.Text;
using Loop.Sdk.Fuzzing;
using Loop.Sdk.Harness;
using Loop.Sdk.WebRtc.Connections;

namespace Loop.Sdk.WebRtc.Tests.Connections;

[TestClass]
public sealed class MdnsMessageTests
{
    private const string Name = "3f8b1d3e-6a08-4c2e-9d0e-1f2a3b4c5d6e.local";

    [TestMethod]
    public void Query_asks_for_both_families_and_a_unicast_answer()
    {
        var query = MdnsMessage.WriteQuery(Name);

        CollectionAssert.AreEqual(new byte[] { 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 36 }, query[..13]);
        CollectionAssert.AreEqual(new byte[] { 5, (byte)'l', (byte)'o', (byte)'c', (byte)'a', (byte)'l', 0, 0, 28, 0x80, 1 }, query[^11..]);
    }

    [TestMethod]
    public void Answer_gives_the_address_when_it_is_of_the_name()
    {
        Assert.AreEqual(IPAddress.Parse("192.0.2.9"), MdnsMessage.TryReadAnswer(Answer(Name, [192, 0, 2, 9]), Name));
        Assert.AreEqual(IPAddress.Parse("192.0.2.9"), MdnsMessage.TryReadAnswer(Answer(Name.ToUpperInvariant(), [192, 0, 2, 9]), Name));
        Assert.AreEqual(IPAddress.IPv6Loopback, MdnsMessage.TryReadAnswer(Answer(Name, IPAddress.IPv6Loopback.GetAddressBytes()), Name));
        Assert.IsNull(MdnsMessage.TryReadAnswer(Answer("other.local", [192, 0, 2, 9]), Name));
        Assert.IsNull(MdnsMessage.TryReadAnswer(MdnsMessage.WriteQuery(Name), Name));
    }

    [TestMethod]
    public void Answer_is_read_or_passed_over_when_it_is_changed()
    {
        var sound = Answer(Name, [192, 0, 2, 9]);
        for (var seed = 0; seed < 200_000; seed++)
        {
            _ = MdnsMessage.TryReadAnswer(Mutator.Mutate(sound, new SeededRandom(seed)), Name);
        }

        Assert.IsNull(MdnsMessage.TryReadAnswer([0, 0, 0x84, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12], Name), "A pointer to itself.");
    }

    // The question first, and the answer's name as a pointer to it, as responders write it.
    private static byte[] Answer(string name, byte[] address)
    {
        byte[] labels = [.. name.Split('.').SelectMany(static label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];
        var type = (byte)(address.Length == 4 ? 1 : 28);
        return [0, 0, 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0, .. labels, 0, type, 0, 1, 0xC0, 12, 0, type, 0x80, 1, 0, 0, 0, 120, 0, (byte)address.Length, .. address];
    }
}
