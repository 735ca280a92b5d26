using Loop.Sdk.Harness;

namespace Loop.Sdk.Sessions;

[TestClass]
public sealed class OutboundQueueTests
{
    [TestMethod]
    public void Queue_keeps_the_order_when_any_message_is_removed()
    {
        var random = new SeededRandom(7);
        var queue = new OutboundQueue();
        var expected = new List<OutboundMessage>();
        for (var step = 0; step < 2000; step++)
        {
            if (expected.Count == 0 || random.Chance(52))
            {
                var message = new OutboundMessage(default, end: false);
                queue.Add(message);
                expected.Add(message);
            }
            else
            {
                var index = random.Next(expected.Count);
                queue.Remove(expected[index]);
                expected.RemoveAt(index);
            }

            CollectionAssert.AreEqual(expected, Messages(queue));
            Assert.AreEqual(expected.Count, queue.Count);
        }
    }

    private static List<OutboundMessage> Messages(OutboundQueue queue)
    {
        var messages = new List<OutboundMessage>();
        for (var message = queue.First; message is not null; message = message.Next)
        {
            messages.Add(message);
        }

        return messages;
    }
}
