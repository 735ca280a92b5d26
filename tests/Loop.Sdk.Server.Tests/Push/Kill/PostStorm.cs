using System.Collections.Concurrent;
using Loop.Sdk.Server.Tests.Rooms.Kill;

namespace Loop.Sdk.Server.Tests.Push.Kill;

/// <summary>Application servers that post as fast as they are answered, each message with a mark of its own, and the server dies meanwhile.</summary>
/// <param name="write">Makes the body of a mark.</param>
internal sealed class PostStorm(Func<string, HttpContent> write)
{
    private const int Posters = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);
    private int _posted;

    /// <summary>How many posts were answered with 201.</summary>
    public Tally Taken { get; } = new();

    /// <summary>How many were begun. Of those without an answer nobody knows whether they were taken.</summary>
    public int Posted => Volatile.Read(ref _posted);

    /// <summary>The marks of what was answered with 201.</summary>
    public ICollection<string> Marks => _ids.Keys;

    /// <summary>The server's names of what was answered with 201.</summary>
    public ICollection<string> Ids => _ids.Values;

    /// <summary>Posts until the moment when the server is killed, with posts under way.</summary>
    public async Task RunAsync(string endpoint, Task moment, ServerProcess server)
    {
        using var http = new HttpClient();
        var posting = Task.WhenAll(Enumerable.Range(0, Posters).Select(_ => Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    await PostAsync(http, endpoint);
                }
            }
            catch (HttpRequestException)
            {
                // The server is gone.
            }
        })));
        await Task.WhenAny(moment, posting).WaitAsync(Patience);
        await server.KillAsync();
        await posting;
    }

    /// <summary>Posts one message, and gives its mark.</summary>
    public async Task<string> PostAsync(HttpClient http, string endpoint)
    {
        var mark = $"message {Interlocked.Increment(ref _posted)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = write(mark) };
        request.Headers.TryAddWithoutValidation("TTL", "3600");
        using var answer = await http.SendAsync(request);
        Assert.AreEqual(201, (int)answer.StatusCode);
        Assert.IsTrue(_ids.TryAdd(mark, answer.Headers.Location!.Segments[^1]));
        Taken.Add();
        return mark;
    }
}
