using Loop.Sdk.Contracts;

namespace Loop.Sdk.Generators.Tests.Runtime;

/// <summary>The generated client, codecs and handlers, joined by an invoker that stands in for a channel.</summary>
[TestClass]
public sealed class ClientTests : IDisposable
{
    private readonly NotesService _service = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly INotes _client;

    public ClientTests() => _client = Create<INotes>(new LoopbackInvoker(_service));

    [TestMethod]
    public async Task Unary_call_carries_request_response_and_token()
    {
        Assert.AreEqual(new Note("7"), await _client.GetAsync(new NoteId(7), _cancellation.Token));
        Assert.AreEqual(_cancellation.Token, _service.LastToken);
    }

    [TestMethod]
    public async Task Unary_call_carries_nulls() => Assert.IsNull(await _client.FindAsync(null));

    [TestMethod]
    public async Task Unary_call_without_a_result_waits_for_the_service()
    {
        await _client.PingAsync(_cancellation.Token);

        Assert.AreEqual(1, _service.Pings);
        Assert.AreEqual(_cancellation.Token, _service.LastToken);
    }

    [TestMethod]
    public async Task Raw_bytes_travel_as_they_are()
    {
        var bytes = await _client.RawAsync(new byte[] { 0, 255, 34 }, _cancellation.Token);

        CollectionAssert.AreEqual((byte[])[255, 34], bytes.ToArray());
    }

    [TestMethod]
    public async Task Server_stream_carries_request_items_and_token()
    {
        CollectionAssert.AreEqual((Note[])[new("4"), new("5")], await ListAsync(_client.WatchAsync(new NoteId(4), _cancellation.Token)));
        Assert.AreEqual(_cancellation.Token, _service.LastToken);
    }

    [TestMethod]
    public async Task Client_stream_carries_items_response_and_token()
    {
        Assert.AreEqual(new NoteId(2), await _client.UploadAsync(Notes("a", "b"), _cancellation.Token));
        CollectionAssert.AreEqual((Note[])[new("a"), new("b")], _service.Stored);
        Assert.AreEqual(_cancellation.Token, _service.LastToken);
    }

    [TestMethod]
    public async Task Client_stream_carries_a_request_ahead_of_the_items() =>
        Assert.AreEqual(new NoteId(11), await _client.UploadFromAsync(new NoteId(10), Notes("a"), _cancellation.Token));

    [TestMethod]
    public async Task Client_stream_without_a_result_waits_for_the_service()
    {
        await _client.StoreAsync(Notes("a"));

        Assert.HasCount(1, _service.Stored);
    }

    [TestMethod]
    public async Task Duplex_call_carries_items_both_ways_and_token()
    {
        CollectionAssert.AreEqual((Note[])[new("a"), new("b")], await ListAsync(_client.EchoAsync(Notes("a", "b"), _cancellation.Token)));
        Assert.AreEqual(_cancellation.Token, _service.LastToken);
    }

    [TestMethod]
    public async Task Duplex_call_carries_a_request_ahead_of_the_items() =>
        CollectionAssert.AreEqual((Note[])[new("9"), new("a")], await ListAsync(_client.EchoFromAsync(new NoteId(9), Notes("a"))));

    [TestMethod]
    public async Task Feed_carries_its_request()
    {
        var events = await ListAsync(_client.Feed(new NoteId(3)).SubscribeAsync(cancellationToken: _cancellation.Token));

        Assert.AreEqual(new Note("3"), events.Single().Snapshot.Single());
    }

    public void Dispose() => _cancellation.Dispose();

    private static T Create<T>(ContractInvoker invoker)
        where T : class, IContract<T> => T.Descriptor.CreateClient(invoker);

    private static async IAsyncEnumerable<Note> Notes(params string[] texts)
    {
        foreach (var text in texts)
        {
            await Task.Yield();
            yield return new Note(text);
        }
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
