using Loop.Sdk.Server.LoopApi;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.LoopApi.Harness;
using Loop.Sdk.Testing;

namespace Loop.Sdk.Server.Tests.LoopApi.Sessions;

[TestClass]
public sealed class PushAddressesTests
{
    private const string Url = "https://push.example/1";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly FakeClock _clock = new();
    private readonly CountingStorage _storage = new();
    private readonly PushAddresses _addresses;

    public PushAddressesTests() => _addresses = new PushAddresses(_storage, _clock);

    [TestMethod]
    public async Task Nobody_without_an_address_is_looked_for_again_in_the_same_moment()
    {
        for (var change = 0; change < 5; change++)
        {
            Assert.IsEmpty(await ListAsync());
        }

        Assert.AreEqual(1, _storage.Listed);
        _clock.Advance(Recent<string, bool>.Moment);
        Assert.IsEmpty(await ListAsync());
        Assert.AreEqual(2, _storage.Listed);
    }

    [TestMethod]
    public async Task Address_that_is_set_counts_from_then_on()
    {
        var session = await SessionAsync("a");
        Assert.IsEmpty(await ListAsync());
        Assert.IsTrue(await _addresses.SetAsync(session, new Dictionary<string, string> { [PushTopics.Rooms] = Url }, None));
        Assert.AreEqual(Url, (await ListAsync()).Single());
        Assert.AreEqual(Url, (await ListAsync()).Single());
        Assert.AreEqual(3, _storage.Listed);
    }

    [TestMethod]
    public async Task Address_counts_also_if_it_is_not_known_whether_it_was_set()
    {
        var session = await SessionAsync("a");
        Assert.IsEmpty(await ListAsync());
        await _storage.SetUrlsAsync(session.Id, new Dictionary<string, string> { [PushTopics.Rooms] = Url }, None);
        _storage.Fails = true;
        await Assert.ThrowsExactlyAsync<LoopException>(() => _addresses.SetAsync(session, new Dictionary<string, string> { [PushTopics.Rooms] = Url }, None).AsTask());
        _storage.Fails = false;
        Assert.AreEqual(Url, (await ListAsync()).Single());
    }

    [TestMethod]
    public async Task Address_that_another_process_set_counts_after_a_moment()
    {
        var session = await SessionAsync("a");
        Assert.IsEmpty(await ListAsync());
        await _storage.SetUrlsAsync(session.Id, new Dictionary<string, string> { [PushTopics.Rooms] = Url }, None);
        _clock.Advance(Recent<string, bool>.Moment);
        Assert.AreEqual(Url, (await ListAsync()).Single());
    }

    [TestMethod]
    public async Task Topics_and_users_are_apart()
    {
        var session = await SessionAsync("a");
        await _addresses.SetAsync(session, new Dictionary<string, string> { [PushTopics.Calls] = Url }, None);
        Assert.IsEmpty(await ListAsync());
        Assert.IsEmpty(await _addresses.ListAsync("bob", PushTopics.Calls, None));
        Assert.AreEqual(Url, (await _addresses.ListAsync("ada", PushTopics.Calls, None)).Single());
    }

    private async Task<HawkSession> SessionAsync(string id)
    {
        var expiresAt = _clock.GetUtcNow().ToUnixTimeMilliseconds() + 1000 * 1000;
        await _storage.AddAsync(new LoopApiSessionRecord(id, "ada", "ada", new byte[32], 1, expiresAt), 10, None);
        return new HawkSession(id, "ada", "ada", new HawkKey(new byte[64]), expiresAt);
    }

    private ValueTask<IReadOnlyList<string>> ListAsync() => _addresses.ListAsync("ada", PushTopics.Rooms, None);
}
