namespace Loop.Sdk.Server.Tests.Rooms.Harness;

internal static class TaskExtensions
{
    /// <summary>The code that a call fails with.</summary>
    public static async Task<string> CodeAsync(this Task call) => (await Assert.ThrowsExactlyAsync<LoopException>(() => call.WaitAsync(TimeSpan.FromSeconds(30)))).Code;

    /// <summary>The code that a stream fails with.</summary>
    public static Task<string> CodeAsync<T>(this IAsyncEnumerable<T> stream) => stream.DrainAsync().CodeAsync();

    public static async Task<List<T>> DrainAsync<T>(this IAsyncEnumerable<T> stream)
    {
        var items = new List<T>();
        await foreach (var item in stream)
        {
            items.Add(item);
        }

        return items;
    }
}
