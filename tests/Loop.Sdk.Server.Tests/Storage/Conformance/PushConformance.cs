using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

/// <summary>What any store of push must do. A store's tests derive from the suites, and say how to open it, empty.</summary>
public abstract class PushConformance
{
    protected const string Endpoint = "a1-c1";

    private Func<ValueTask> _close = static () => ValueTask.CompletedTask;

    protected static CancellationToken None => CancellationToken.None;

    protected IPushStorage Store { get; private set; } = null!;

    [TestInitialize]
    public async Task Begin()
    {
        (Store, _close) = Open();
        await Store.Agents.AddAsync(PushSamples.Agent("a1", "ada"), 3, None);
        await Store.Agents.SubscribeAsync(PushSamples.Subscription("a1", "c1"), None);
    }

    [TestCleanup]
    public async Task End() => await _close();

    /// <summary>Opens a store with nothing in it, and says how to close it.</summary>
    protected abstract (IPushStorage Store, Func<ValueTask> Close) Open();

    protected Task<PushStoreResult> StoreAsync(string id, string endpoint = Endpoint, string? topic = null, long expiresAt = 2000, int length = 1, string? receipts = null) =>
        Store.Messages.StoreAsync(PushSamples.Message(id, endpoint, topic, expiresAt, length, receipts), PushSamples.Quota, None);

    /// <summary>The ids of what waits for an agent, in order.</summary>
    protected async Task<string> WaitingAsync(string agent = "a1", int limit = 1000)
    {
        var topics = await Store.Messages.ReadAsync(agent, new PushCursor(IsPlain: false, 0), long.MaxValue, limit, None);
        var plain = await Store.Messages.ReadAsync(agent, new PushCursor(IsPlain: true, 0), long.MaxValue, limit, None);
        return string.Join(' ', topics.Concat(plain).Select(static message => message.Id));
    }

    protected Task<PushEnded> AcknowledgeAsync(PushOutcome outcome, params string[] ids) =>
        Store.Messages.AcknowledgeAsync([.. ids.Select(id => new PushAcknowledgementRecord("a1", id, outcome))], PushSamples.Now + 5, None);

    protected async Task<string?> ReceiptsAsync(string subscription, long after = 0, int limit = 1000, long now = PushSamples.Now)
    {
        var receipts = await Store.Receipts.ReadAsync(subscription, after, limit, now, None);
        return receipts is null ? null : string.Join(' ', receipts.Select(static receipt => $"{receipt.Message}:{receipt.Outcome}:{receipt.At}"));
    }

    protected static async Task RefusedAsync(Func<Task> write) => Assert.AreEqual(ErrorCodes.InvalidRecord, (await Assert.ThrowsExactlyAsync<LoopException>(write)).Code);
}
