using System.Text.Json;

namespace Loop.Sdk.Cryptography;

[TestClass]
[DoNotParallelize]
public sealed class AllocationTests
{
    // The handle of the nonce's own key, which the base class library offers no way to reuse.
    private const long PerNonce = 64;

    [TestMethod]
    public void Context_costs_its_document_and_one_handle_when_it_is_opened()
    {
        using var key = RoomKey.Generate();
        using var cipher = new RoomCipher("room", key);
        var context = new RoomContext { RoomName = "Name", Description = new string('d', 500), Urls = [new RoomContextUrl { Location = "https://example.org/", Thumbnail = new string('t', 10_000) }] };
        var json = context.ToJson();
        var value = cipher.SealContext(context, 1);

        var document = Measure(() => JsonSerializer.Deserialize(json, RoomContextJson.Default.RoomContext));
        var opened = Measure(() => cipher.OpenContext(value, 1));
        Assert.IsGreaterThan(10_000 * sizeof(char), document);
        Assert.IsLessThanOrEqualTo(document + PerNonce, opened);
    }

    [TestMethod]
    public void Content_costs_itself_and_the_signature_when_it_is_opened()
    {
        using var key = RoomKey.Generate();
        using var cipher = new RoomCipher("room", key);
        using var author = MemberKey.Generate();
        var small = cipher.Seal(EnvelopeField.Timeline, "1", 1, new byte[1], author);
        var large = cipher.Seal(EnvelopeField.Timeline, "2", 1, new byte[100_001], author);
        var difference = Measure(() => cipher.Open(EnvelopeField.Timeline, "2", 1, large, author.Identity))
            - Measure(() => cipher.Open(EnvelopeField.Timeline, "1", 1, small, author.Identity));
        Assert.AreEqual(100_000, difference);
    }

    // The least of several runs: what is made once, by the runtime too, does not count.
    private static long Measure<T>(Func<T> action)
    {
        var least = long.MaxValue;
        for (var run = 0; run < 50; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
