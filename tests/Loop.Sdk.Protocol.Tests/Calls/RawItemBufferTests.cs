using System.Buffers;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Calls;

[TestClass]
public sealed class RawItemBufferTests
{
    [TestMethod]
    public async Task Item_keeps_its_bytes_until_the_next_when_large_ones_that_came_in_parts_are_between()
    {
        var pair = new TestPair();
        var reader = new BufferStream();
        pair.Client.Session.Open(reader, TestPeer.Header, default, end: true, borrow: false);
        pair.Pump();
        var source = pair.Server.Accepted.Single();
        byte[][] sent = [Item(1, 100), Item(2, 20_000), Item(3, 100), Item(4, 100)];
        foreach (var item in sent)
        {
            pair.Server.Session.Send(source, item, end: false, borrow: false);
        }

        pair.Pump();
        foreach (var expected in sent)
        {
            Assert.IsTrue(await reader.Items.MoveNextAsync());
            Scribble();
            Assert.IsTrue(reader.Items.Current.Span.SequenceEqual(expected), $"Item {expected[0]} was overwritten.");
        }
    }

    private static byte[] Item(byte number, int size)
    {
        var item = new byte[size];
        Array.Fill(item, number);
        return item;
    }

    // Takes what the pool has of the slabs' size, as others might.
    private static void Scribble()
    {
        var rented = Enumerable.Range(0, 8).Select(static _ => ArrayPool<byte>.Shared.Rent(4096)).ToArray();
        foreach (var array in rented)
        {
            Array.Fill(array, (byte)0xEE);
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
