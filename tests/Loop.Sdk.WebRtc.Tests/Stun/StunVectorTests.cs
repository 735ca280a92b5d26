using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.WebRtc.Ice;

namespace Loop.Sdk.WebRtc.Stun;

/// <summary>The messages of RFC 5769.</summary>
[TestClass]
public sealed class StunVectorTests
{
    private const string Request =
        "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36"
        + "000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";

    private const string ResponseV4 =
        "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";

    private const string ResponseV6 =
        "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c";

    private const string LongTerm =
        "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b900000015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700"
        + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666";

    private static readonly byte[] Password = "VOkJxbRl1RmTxUk/WvJxBt"u8.ToArray();

    [TestMethod]
    public void Requests_are_read_and_authenticated()
    {
        var bytes = Convert.FromHexString(Request);
        Assert.IsTrue(StunMessage.TryRead(bytes, out var message));
        Assert.AreEqual(StunClass.Request, message.Class);
        Assert.AreEqual(StunMethod.Binding, message.Method);
        Assert.IsTrue(message.CheckIntegrity(Password));
        Assert.IsFalse(message.CheckIntegrity("VOkJxbRl1RmTxUk/WvJxBu"u8));
        Assert.IsTrue(message.TryFind(StunAttribute.Username, out var username) && username.SequenceEqual("evtj:h6vY"u8));
        Assert.IsTrue(message.TryFind(StunAttribute.Software, out var software) && software.SequenceEqual("STUN test client"u8));
        Assert.IsTrue(message.TryFindUInt32(StunAttribute.Priority, out var priority) && priority == 0x6E0001FF);
        Assert.IsTrue(message.TryFindUInt64(StunAttribute.IceControlled, out var tieBreaker) && tieBreaker == 0x932FF9B151263B36);
    }

    [TestMethod]
    [DataRow(ResponseV4, "192.0.2.1")]
    [DataRow(ResponseV6, "2001:db8:1234:5678:11:2233:4455:6677")]
    public void Responses_are_read_and_authenticated(string hex, string address)
    {
        Assert.IsTrue(StunMessage.TryRead(Convert.FromHexString(hex), out var message));
        Assert.AreEqual(StunClass.Success, message.Class);
        Assert.IsTrue(message.CheckIntegrity(Password));
        Assert.IsTrue(message.TryFindAddress(StunAttribute.XorMappedAddress, out var mapped));
        Assert.AreEqual(IceAgentTests.Address(address, 32853), mapped);
    }

    [TestMethod]
    [SuppressMessage("Security", "CA5351", Justification = "The RFC wants MD5.")]
    public void Long_term_credentials_are_checked()
    {
        Assert.IsTrue(StunMessage.TryRead(Convert.FromHexString(LongTerm), out var message));
        Assert.IsTrue(message.TryFind(StunAttribute.Username, out var username));
        Assert.IsTrue(message.TryFind(StunAttribute.Realm, out var realm));
        Assert.AreEqual("\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9", Encoding.UTF8.GetString(username));
        Assert.IsTrue(message.CheckIntegrity(MD5.HashData([.. username, (byte)':', .. realm, .. ":TheMatrIX"u8])));
    }

    [TestMethod]
    public void Every_changed_bit_is_noticed()
    {
        var sound = Convert.FromHexString(Request);
        for (var bit = 0; bit < sound.Length * 8; bit++)
        {
            var bytes = (byte[])sound.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(StunMessage.TryRead(bytes, out _), $"bit {bit}");
        }
    }

    [TestMethod]
    public void Attributes_after_the_integrity_are_not_seen()
    {
        var bytes = new byte[200];
        var writer = new StunWriter(bytes, StunMethod.Binding, StunClass.Request, default);
        writer.AddIntegrity(Password);
        writer.Add(StunAttribute.UseCandidate);
        writer.AddFingerprint();
        Assert.IsTrue(StunMessage.TryRead(bytes.AsSpan(0, writer.Length), out var message));
        Assert.IsTrue(message.CheckIntegrity(Password));
        Assert.IsFalse(message.Has(StunAttribute.UseCandidate));
    }

    [TestMethod]
    public void Sha256_integrity_is_checked_after_sha1()
    {
        var bytes = new byte[200];
        var writer = new StunWriter(bytes, StunMethod.Allocate, StunClass.Request, default);
        writer.Add(StunAttribute.Username, "alice"u8);
        writer.AddIntegrity(Password);
        writer.AddIntegrity256(Password);
        writer.AddFingerprint();
        Assert.IsTrue(StunMessage.TryRead(bytes.AsSpan(0, writer.Length), out var message));
        Assert.IsTrue(message.CheckIntegrity(Password) && message.CheckIntegrity256(Password));
        Assert.IsFalse(message.CheckIntegrity256("wrong"u8));
    }

    [TestMethod]
    public void Errors_and_unknown_attributes_are_read()
    {
        var bytes = new byte[200];
        var writer = new StunWriter(bytes, StunMethod.Binding, StunClass.Error, default);
        writer.AddError(StunErrorCode.UnknownAttribute, "Unknown"u8);
        writer.AddUnknown([0x7FFF]);
        writer.Add((StunAttribute)0x7FFE);
        writer.Add((StunAttribute)0xFFFE);
        Assert.IsTrue(StunMessage.TryRead(bytes.AsSpan(0, writer.Length), out var message));
        Assert.AreEqual(StunErrorCode.UnknownAttribute, message.ErrorCode);
        var unknown = new ushort[4];
        Assert.AreEqual(1, message.FindUnknown(unknown));
        Assert.AreEqual((ushort)0x7FFE, unknown[0]);
    }
}
