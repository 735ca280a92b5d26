using System.Text;
using System.Text.Json.Nodes;
using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Specification;

[TestClass]
public sealed class SpecExampleTests
{
    private const string FeedPrefix = "feed-";

    private static readonly string[] Expected =
    [
        "hello", "hello-resume", "welcome", "unary", "named-open", "fragments", "client-stream", "credit", "ack", "ping-pong", "error", "cancel", "auth", "goaway",
        "feed-snapshot", "feed-change", "feed-resumed", "feed-request",
    ];

    public static IEnumerable<object[]> Examples => SpecExample.ReadAll().Select(static example => new object[] { example.Name });

    [TestMethod]
    public void Specification_has_its_examples() =>
        CollectionAssert.IsSubsetOf(Expected, SpecExample.ReadAll().Select(static example => example.Name).ToArray());

    [TestMethod]
    [DynamicData(nameof(Examples))]
    public void Example_means_what_the_specification_says_and_is_written_the_same(string name)
    {
        var example = SpecExample.ReadAll().Single(example => example.Name == name);
        if (name.StartsWith(FeedPrefix, StringComparison.Ordinal))
        {
            CheckFeed(example);
            return;
        }

        var meaning = SpecDecoder.Decode(example.Bytes);
        Assert.IsTrue(JsonNode.DeepEquals(example.Meaning, JsonNode.Parse(meaning.ToJsonString())), meaning.ToJsonString());
        var bytes = SpecEncoder.Encode(example.Meaning.AsArray());
        Assert.AreEqual(Convert.ToHexStringLower(example.Bytes), Convert.ToHexStringLower(bytes));
    }

    private static void CheckFeed(SpecExample example)
    {
        var meaning = example.Meaning;
        var position = new FeedPosition(meaning["epoch"]!.GetValue<ulong>(), meaning["offset"]!.GetValue<long>());
        var follows = meaning["follows"]?.GetValue<long>() ?? position.Offset - 1;
        ReadOnlyMemory<byte> value = Encoding.UTF8.GetBytes(meaning["value"]?.GetValue<string>() ?? string.Empty);
        var raw = PayloadCodec.Raw;
        var bytes = meaning["kind"]!.GetValue<string>() switch
        {
            "snapshot" => FeedWire.Encode(FeedEvent<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>.OfSnapshot(value, position), raw, raw),
            "change" => FeedWire.Encode(FeedEvent<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>.OfChange(value, position, follows), raw, raw),
            "resumed" => FeedWire.Encode(FeedEvent<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>.OfResumed(position), raw, raw),
            _ => FeedWire.EncodeRequest(raw, value, position),
        };
        Assert.AreEqual(Convert.ToHexStringLower(example.Bytes), Convert.ToHexStringLower(bytes.Span));
        if (meaning["kind"]!.GetValue<string>() != "request")
        {
            var read = FeedWire.Decode(example.Bytes, position.Epoch, raw, raw);
            Assert.AreEqual((meaning["kind"]!.GetValue<string>(), position), (read.Kind.ToString().ToLowerInvariant(), read.Position));
            Assert.IsTrue(read.Kind != FeedEventKind.Change || read.Follows == follows);
        }
    }
}
