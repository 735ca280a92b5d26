using Loop.Sdk.Feeds;

namespace Loop.Sdk.InteropTests.Harness;

internal static class Topics
{
    /// <summary>Completes when the topic has so many subscribers. Subscriptions arrive over the network, and nothing tells when the server has them.</summary>
    public static async Task WhenSubscribersAsync<T>(this Topic<T> topic, int count)
    {
        while (topic.SubscriberCount < count)
        {
            await Task.Yield();
        }
    }
}
