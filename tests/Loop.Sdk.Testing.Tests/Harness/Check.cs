namespace Loop.Sdk.Testing.Tests.Harness;

/// <summary>What tests assert again and again.</summary>
internal static class Check
{
    /// <summary>The task fails with an error of this code.</summary>
    public static async Task<LoopException> FailsAsync(string code, Task task)
    {
        var error = await Assert.ThrowsExactlyAsync<LoopException>(() => task);
        Assert.AreEqual(code, error.Code, error.Message);
        return error;
    }

    /// <summary>The items are the numbers from 1 to the count, each once and in order.</summary>
    public static void IsCount(int count, IReadOnlyList<int> items, string? message = null) =>
        Assert.IsTrue(items.SequenceEqual(Enumerable.Range(1, count)), $"{message}: {string.Join(' ', items.Take(2 * count))}");

    public static byte[] Pattern(int length, int seed = 0)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
