using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

public abstract class PushUpkeepConformance : PushConformance
{
    [TestMethod]
    public async Task Sweeping_removes_what_has_expired_and_tells()
    {
        await StoreAsync("m1", expiresAt: 1010, receipts: "r1");
        await StoreAsync("m2", expiresAt: 1011, topic: "t");
        await StoreAsync("m3", expiresAt: 1012);
        var swept = await SweepAsync(1011);
        Assert.AreEqual((2, "r1", false), (swept.Messages, string.Join(' ', swept.Receipts), swept.More));
        Assert.AreEqual("m3", await WaitingAsync());
        Assert.AreEqual("m1:Expired:1011", await ReceiptsAsync("r1"));
        Assert.AreEqual(0, (await SweepAsync(1011)).Messages);
    }

    [TestMethod]
    public async Task Sweeping_goes_on_part_by_part()
    {
        foreach (var number in Enumerable.Range(1, 5))
        {
            await StoreAsync($"m{number}", expiresAt: 1010 + number);
        }

        Assert.AreEqual((2, true), await CountAsync());
        Assert.AreEqual((2, true), await CountAsync());
        Assert.AreEqual((1, false), await CountAsync());

        async Task<(int, bool)> CountAsync() => await SweepAsync(1020, limit: 2) is var swept ? (swept.Messages, swept.More) : default;
    }

    [TestMethod]
    public async Task Sweeping_removes_agents_that_were_away_for_long_and_old_traces()
    {
        await Store.Agents.AddAsync(PushSamples.Agent("a2", now: 1500), 1, None);
        await StoreAsync("m1", receipts: "r1");
        var swept = await SweepAsync(1400, agentsBefore: 1001);
        Assert.AreEqual(("a1", 1, "r1"), (string.Join(' ', swept.Agents), swept.Messages, string.Join(' ', swept.Receipts)));
        Assert.AreEqual("m1:Unsubscribed:1400", await ReceiptsAsync("r1"));
        Assert.IsTrue((await Store.Agents.FindEndpointAsync(Endpoint, None)).IsGone);
        await SweepAsync(1500, goneBefore: 1400);
        Assert.IsTrue((await Store.Agents.FindEndpointAsync(Endpoint, None)).IsGone);
        await SweepAsync(1500, goneBefore: 1401);
        Assert.AreEqual(new PushEndpointRecord(null, false), await Store.Agents.FindEndpointAsync(Endpoint, None));
        Assert.IsNotNull(await Store.Agents.FindAsync("a2", None));
    }

    [TestMethod]
    public async Task Receipts_wait_until_their_reader_has_them()
    {
        await StoreAsync("m1", receipts: "r1");
        await StoreAsync("m2", receipts: "r1");
        Assert.AreEqual("", await ReceiptsAsync("r1"));
        await AcknowledgeAsync(PushOutcome.Delivered, "m2", "m1");
        Assert.AreEqual("m2:Delivered:1005", await ReceiptsAsync("r1", limit: 1));
        Assert.AreEqual("m2:Delivered:1005 m1:Delivered:1005", await ReceiptsAsync("r1"));
        var first = (await Store.Receipts.ReadAsync("r1", 0, 1, PushSamples.Now, None))!.Single();
        Assert.AreEqual("m1:Delivered:1005", await ReceiptsAsync("r1", after: first.Sequence));
        Assert.AreEqual("m1:Delivered:1005", await ReceiptsAsync("r1"));
        Assert.IsNull(await ReceiptsAsync("r2"));
    }

    [TestMethod]
    public async Task Receipt_subscriptions_end_when_they_expire_or_are_removed()
    {
        await StoreAsync("m1", receipts: "r1");
        await StoreAsync("m2", receipts: "r2");
        Assert.IsNull(await ReceiptsAsync("r1", now: 5000));
        Assert.IsNotNull(await ReceiptsAsync("r1", now: 4999));
        Assert.IsTrue(await Store.Receipts.RemoveAsync("r1", None));
        Assert.IsFalse(await Store.Receipts.RemoveAsync("r1", None));
        Assert.IsNull(await ReceiptsAsync("r1"));
        Assert.IsEmpty((await AcknowledgeAsync(PushOutcome.Delivered, "m1")).Receipts);
        await SweepAsync(4999);
        Assert.IsNotNull(await ReceiptsAsync("r2", now: 4999));
        await SweepAsync(5000);
        Assert.IsNull(await ReceiptsAsync("r2"));
    }

    [TestMethod]
    public async Task Secrets_stay_as_they_were_first()
    {
        Assert.AreEqual(1, (await Store.Sender.GetOrAddSecretAsync("vapid", new byte[] { 1 }, None)).Span[0]);
        Assert.AreEqual(1, (await Store.Sender.GetOrAddSecretAsync("vapid", new byte[] { 2 }, None)).Span[0]);
        Assert.AreEqual(3, (await Store.Sender.GetOrAddSecretAsync("other", new byte[] { 3 }, None)).Span[0]);
        await RefusedAsync(() => Store.Sender.GetOrAddSecretAsync("empty", default, None));
    }

    [TestMethod]
    public async Task Foreign_endpoints_are_those_that_were_added_last()
    {
        await AddAsync("ada", "https://push.example/1", 1);
        await AddAsync("ada", "https://push.example/2", 2);
        await AddAsync("bob", "https://push.example/1", 3);
        await AddAsync("ada", "https://push.example/1", 4);
        Assert.AreEqual("https://push.example/2:2 https://push.example/1:4", await ForeignAsync("ada"));
        await AddAsync("ada", "https://push.example/3", 5);
        Assert.AreEqual("https://push.example/1:4 https://push.example/3:5", await ForeignAsync("ada"));
        Assert.IsTrue(await Store.Sender.RemoveForeignAsync("ada", "https://push.example/1", None));
        Assert.IsFalse(await Store.Sender.RemoveForeignAsync("ada", "https://push.example/1", None));
        Assert.AreEqual("https://push.example/3:5", await ForeignAsync("ada"));
        Assert.AreEqual("https://push.example/1:3", await ForeignAsync("bob"));
        await RefusedAsync(() => AddAsync("ada", $"https://push.example/{new string('x', 3000)}", 1));

        Task AddAsync(string account, string url, byte key) => Store.Sender.AddForeignAsync(new(account, url, new[] { key }, new byte[16], PushSamples.Now), 2, None);
        async Task<string> ForeignAsync(string account) =>
            string.Join(' ', (await Store.Sender.ListForeignAsync(account, None)).Select(static one => $"{one.Url}:{one.PublicKey.Span[0]}"));
    }

    private Task<PushSweepResult> SweepAsync(long now, long agentsBefore = 0, long goneBefore = 0, int limit = 100) =>
        Store.SweepAsync(new PushSweep { Now = now, AgentsBefore = agentsBefore, GoneBefore = goneBefore, Limit = limit }, None);
}
