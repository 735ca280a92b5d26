using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

/// <summary>What any store must do. A store's tests derive from the four suites, and say how to open it, empty.</summary>
public abstract class StorageConformance
{
    protected static CancellationToken None => CancellationToken.None;

    private Func<ValueTask> _close = static () => ValueTask.CompletedTask;

    protected IRoomStorage Store { get; private set; } = null!;

    [TestInitialize]
    public async Task Begin() => (Store, _close) = await OpenAsync();

    [TestCleanup]
    public async Task End() => await _close();

    /// <summary>Opens a store with nothing in it, and says how to close it.</summary>
    protected abstract Task<(IRoomStorage Store, Func<ValueTask> Close)> OpenAsync();

    protected Task<RoomResult> CreateAsync(string token = "r1", string owner = "ada", int maxSize = 3) => Store.Rooms.CreateAsync(Samples.Room(token, owner, maxSize), None);

    protected Task<JoinResult> JoinAsync(string user, string session = "s1", int clientMaxSize = 10, long expiresAt = 2000) =>
        Store.Participants.JoinAsync(Samples.Join(user, session, clientMaxSize: clientMaxSize, expiresAt: expiresAt), Samples.Now, None);

    protected static async Task RefusedAsync(Func<Task> write)
    {
        var refused = await Assert.ThrowsExactlyAsync<LoopException>(write);
        Assert.AreEqual(ErrorCodes.InvalidRecord, refused.Code);
    }
}
