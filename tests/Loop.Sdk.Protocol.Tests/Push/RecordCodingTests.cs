using System.Text;

namespace Loop.Sdk.Push;

/// <summary>RFC 8188, sections 3.1 and 3.2.</summary>
[TestClass]
public sealed class RecordCodingTests
{
    private const string Walrus = "I am the walrus";

    private static readonly byte[] OneKey = Vectors.Bytes("yqdlZ-tYemfogSmv7Ws5PQ");
    private static readonly byte[] One = Vectors.Bytes("I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg");
    private static readonly byte[] TwoKey = Vectors.Bytes("BO3ZVPxUlnLORbVGMpbT1Q");
    private static readonly byte[] Two = Vectors.Bytes("uNCkWiNYzKTnBN9ji3-qWAAAABkCYTHOG8chz_gnvgOqdGYovxyjuqRyJFjEDyoF1Fvkj6hQPdPHI51OEUKEpgz3SsLWIqS_uA");

    [TestMethod]
    public void One_record_is_read_as_published() => Assert.AreEqual(Walrus, Open(One, OneKey, idLength: 0));

    [TestMethod]
    public void Two_records_are_read_as_published() => Assert.AreEqual(Walrus, Open(Two, TwoKey, idLength: 2));

    [TestMethod]
    public void One_record_is_written_as_published() =>
        CollectionAssert.AreEqual(One, RecordCoding.Seal(Encoding.ASCII.GetBytes(Walrus), 0, OneKey, One.AsSpan(0, RecordCoding.SaltSize), [], 4096));

    [TestMethod]
    public void A_missing_last_record_is_noticed() => Assert.AreEqual(ErrorCodes.InvalidEnvelope, Code(() => Open(Two[..^24], TwoKey, idLength: 2)));

    [TestMethod]
    public void Records_that_change_places_are_noticed()
    {
        const int First = RecordCoding.HeaderSize + 2;
        byte[] swapped = [.. Two[..First], .. Two[^25..], .. Two[First..^25]];
        Assert.AreEqual(ErrorCodes.Undecryptable, Code(() => Open(swapped, TwoKey, idLength: 2)));
    }

    [TestMethod]
    [DataRow(0u)]
    [DataRow(17u)]
    public void Record_sizes_without_room_for_content_are_refused(uint size) =>
        Assert.AreEqual(ErrorCodes.InvalidEnvelope, Code(() => RecordCoding.Open(new byte[40], OneKey, OneKey, size)));

    private static string Open(byte[] body, byte[] key, int idLength) => Encoding.ASCII.GetString(
        RecordCoding.Open(body.AsSpan(RecordCoding.HeaderSize + idLength), key, body.AsSpan(0, RecordCoding.SaltSize), RecordCoding.RecordSizeOf(body)));

    private static string Code(Action action) => Assert.ThrowsExactly<LoopException>(action).Code;
}
