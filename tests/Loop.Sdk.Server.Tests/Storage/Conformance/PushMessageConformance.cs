using Loop.Sdk.Push;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

public abstract class PushMessageConformance : PushConformance
{
    [TestMethod]
    public async Task Message_is_as_it_was_stored()
    {
        var message = PushSamples.Message("m1", Endpoint, "t", urgency: PushUrgency.High) with { Body = new byte[] { 1, 2, 3 } };
        var stored = await Store.Messages.StoreAsync(message, PushSamples.Quota, None);
        var read = (await Store.Messages.ReadAsync("a1", new(IsPlain: false, 0), stored.Sequence, 1, None)).Single();
        CollectionAssert.AreEqual(message.Body.ToArray(), read.Body.ToArray());
        Assert.AreEqual(
            (stored.Sequence, "m1", "c1", "t", PushUrgency.High, PushSamples.Now, 2000L, "aes128gcm", "t", "dh=x"),
            (read.Sequence, read.Id, read.Channel, read.Topic, read.Urgency, read.SentAt, read.ExpiresAt, read.Encoding, read.Encryption, read.CryptoKey));
        await Store.Messages.StoreAsync(new NewPushMessage { Id = "m2", Agent = "a1", SentAt = 1, ExpiresAt = 2 }, PushSamples.Quota, None);
        var bare = (await Store.Messages.ReadAsync("a1", new(IsPlain: true, 0), long.MaxValue, 9, None)).Single();
        Assert.AreEqual(
            ((string?)null, (string?)null, (string?)null, (string?)null, (string?)null, 0, PushUrgency.Normal),
            (bare.Channel, bare.Topic, bare.Encoding, bare.Encryption, bare.CryptoKey, bare.Body.Length, bare.Urgency));
    }

    [TestMethod]
    public async Task Topics_are_read_on_their_own_and_pages_go_on_where_they_ended()
    {
        foreach (var number in Enumerable.Range(1, 6))
        {
            await StoreAsync($"m{number}", topic: number % 2 == 0 ? $"t{number}" : null);
        }

        Assert.AreEqual("m2 m4 m6 m1 m3 m5", await WaitingAsync());
        foreach (var (isPlain, expected) in new[] { (false, "m2 m4 m6"), (true, "m1 m3 m5") })
        {
            var seen = new List<string>();
            for (var cursor = new PushCursor(isPlain, 0); await Store.Messages.ReadAsync("a1", cursor, long.MaxValue, 2, None) is { Count: > 0 } page; cursor = page[^1].Cursor)
            {
                seen.AddRange(page.Select(static message => message.Id));
            }

            Assert.AreEqual(expected, string.Join(' ', seen));
        }
    }

    [TestMethod]
    public async Task Head_is_never_given_again()
    {
        Assert.AreEqual(0, await Store.Messages.HeadAsync(None));
        var first = (await StoreAsync("m1")).Sequence;
        Assert.AreEqual(first, await Store.Messages.HeadAsync(None));
        await AcknowledgeAsync(PushOutcome.Delivered, "m1");
        Assert.AreEqual(first, await Store.Messages.HeadAsync(None));
        var second = (await StoreAsync("m2")).Sequence;
        Assert.IsGreaterThan(first, second);
        Assert.IsEmpty(await Store.Messages.ReadAsync("a1", new(IsPlain: true, 0), first, 10, None));
    }

    [TestMethod]
    public async Task A_topic_holds_the_last_message_only_and_each_subscription_has_its_own()
    {
        await Store.Agents.SubscribeAsync(PushSamples.Subscription("a1", "c2"), None);
        await StoreAsync("m1", topic: "t", receipts: "r1");
        await StoreAsync("m2", "a1-c2", topic: "t");
        var third = await StoreAsync("m3", topic: "t");
        Assert.AreEqual("m1", third.Replaced);
        Assert.AreEqual("m2 m3", await WaitingAsync());
        Assert.AreEqual("", await ReceiptsAsync("r1"));
        Assert.AreEqual(0, (await AcknowledgeAsync(PushOutcome.Delivered, "m1")).Messages);
        Assert.AreEqual("", await ReceiptsAsync("r1"));
        Assert.IsNull((await StoreAsync("m4", topic: "u")).Replaced);
    }

    [TestMethod]
    public async Task A_version_is_replaced_by_a_higher_one_only()
    {
        Task<PushStoreResult> Version(string id, long? version, string? topic = "v") =>
            Store.Messages.StoreAsync(PushSamples.Message(id, Endpoint, topic) with { Version = version }, PushSamples.Quota, None);
        Assert.AreEqual(PushStoreOutcome.Done, (await Version("m1", 5)).Outcome);
        Assert.AreEqual(PushStoreOutcome.Superseded, (await Version("m2", 5)).Outcome);
        Assert.AreEqual(PushStoreOutcome.Superseded, (await Version("m3", 0)).Outcome);
        Assert.AreEqual("m1", (await Version("m4", long.MaxValue)).Replaced);
        Assert.AreEqual("m4", (await Version("m5", null)).Replaced);
        Assert.AreEqual("m5", (await Version("m6", 1)).Replaced);
        Assert.AreEqual(PushStoreOutcome.Done, (await Version("m7", 1, topic: null)).Outcome);
        Assert.AreEqual("m6 m7", await WaitingAsync());
        await RefusedAsync(() => Version("m8", -1));
    }

    [TestMethod]
    public async Task Quotas_count_what_waits_and_forget_what_ended()
    {
        var quota = new PushQuota(2, 10, 3, 12);
        Task<PushStoreResult> Store1(string id, string endpoint, int length, string? topic = null) => Store.Messages.StoreAsync(PushSamples.Message(id, endpoint, topic, length: length), quota, None);
        await Store.Agents.AddAsync(PushSamples.Agent("a2", "ada"), 3, None);
        await Store.Agents.SubscribeAsync(PushSamples.Subscription("a2", "c1"), None);
        Assert.AreEqual(PushStoreOutcome.Done, (await Store1("m1", Endpoint, 10, "t")).Outcome);
        Assert.AreEqual(PushStoreOutcome.SubscriptionFull, (await Store1("m2", Endpoint, 1)).Outcome);
        Assert.AreEqual(PushStoreOutcome.Done, (await Store1("m3", Endpoint, 9, "t")).Outcome);
        Assert.AreEqual(PushStoreOutcome.SubscriptionFull, (await Store1("m4", Endpoint, 11, "t")).Outcome);
        Assert.AreEqual(PushStoreOutcome.Done, (await Store1("m5", Endpoint, 0)).Outcome);
        Assert.AreEqual(PushStoreOutcome.SubscriptionFull, (await Store1("m6", Endpoint, 0)).Outcome);
        Assert.AreEqual(PushStoreOutcome.AccountFull, (await Store1("m7", "a2-c1", 4)).Outcome);
        Assert.AreEqual(PushStoreOutcome.Done, (await Store1("m8", "a2-c1", 3)).Outcome);
        Assert.AreEqual(PushStoreOutcome.AccountFull, (await Store1("m9", "a2-c1", 0)).Outcome);
        await AcknowledgeAsync(PushOutcome.Delivered, "m3");
        Assert.AreEqual(PushStoreOutcome.Done, (await Store1("m9", "a2-c1", 7)).Outcome);
        await Store.Agents.AddAsync(PushSamples.Agent("f1"), 3, None);
        await Store.Agents.SubscribeAsync(PushSamples.Subscription("f1", "c1"), None);
        Assert.AreEqual(PushStoreOutcome.Done, (await Store1("mf", "f1-c1", 10)).Outcome);
        Assert.AreEqual("m5", await WaitingAsync());
    }

    [TestMethod]
    public async Task Acknowledgements_end_messages_of_their_agent_only()
    {
        await Store.Agents.AddAsync(PushSamples.Agent("a2", "ada"), 3, None);
        await StoreAsync("m1", receipts: "r1");
        await StoreAsync("m2", receipts: "r2");
        await StoreAsync("m3", receipts: "r1");
        var foreign = await Store.Messages.AcknowledgeAsync([new("a2", "m1", PushOutcome.Delivered), new("a9", "m1", PushOutcome.Delivered)], PushSamples.Now, None);
        Assert.AreEqual(0, foreign.Messages);
        var ended = await Store.Messages.AcknowledgeAsync(
            [new("a1", "m1", PushOutcome.Delivered), new("a1", "m2", PushOutcome.DecryptionFailed), new("a1", "m2", PushOutcome.Delivered), new("a1", "m3", PushOutcome.NotDelivered), new("a1", "x", PushOutcome.Delivered)],
            1005,
            None);
        Assert.AreEqual((3, "r1 r2"), (ended.Messages, string.Join(' ', ended.Receipts)));
        Assert.AreEqual("m1:Delivered:1005 m3:NotDelivered:1005", await ReceiptsAsync("r1"));
        Assert.AreEqual("m2:DecryptionFailed:1005", await ReceiptsAsync("r2"));
        Assert.AreEqual("", await WaitingAsync());
    }

    [TestMethod]
    public async Task A_message_that_was_taken_back_is_gone_without_a_receipt()
    {
        await StoreAsync("m1", receipts: "r1");
        await StoreAsync("m2", expiresAt: 1010);
        Assert.IsTrue(await Store.Messages.ExistsAsync("m1", 1999, None));
        Assert.IsFalse(await Store.Messages.ExistsAsync("m1", 2000, None));
        Assert.AreEqual("a1", await Store.Messages.CancelAsync("m1", PushSamples.Now, None));
        Assert.IsNull(await Store.Messages.CancelAsync("m1", PushSamples.Now, None));
        Assert.IsNull(await Store.Messages.CancelAsync("m2", 1010, None));
        Assert.AreEqual("", await ReceiptsAsync("r1"));
        Assert.AreEqual("m2", await WaitingAsync());
    }

    [TestMethod]
    public async Task Urgency_is_asked_of_what_has_not_expired()
    {
        await Store.Messages.StoreAsync(PushSamples.Message("m1", Endpoint, urgency: PushUrgency.Low), PushSamples.Quota, None);
        Assert.IsTrue(await Store.Messages.HasUrgentAsync("a1", PushUrgency.Low, 1999, None));
        Assert.IsFalse(await Store.Messages.HasUrgentAsync("a1", PushUrgency.Low, 2000, None));
        Assert.IsFalse(await Store.Messages.HasUrgentAsync("a1", PushUrgency.Normal, 1999, None));
        Assert.IsFalse(await Store.Messages.HasUrgentAsync("a9", PushUrgency.VeryLow, 1999, None));
    }

    [TestMethod]
    public async Task Messages_that_are_none_are_refused()
    {
        await RefusedAsync(() => StoreAsync(""));
        await RefusedAsync(() => StoreAsync("m", ""));
        await RefusedAsync(() => StoreAsync("m", length: PushStorageLimits.MaxBody + 1));
        await RefusedAsync(() => StoreAsync("m", topic: "a\0b"));
        await RefusedAsync(() => StoreAsync("m", expiresAt: -1));
        await RefusedAsync(() => Store.Messages.StoreAsync(PushSamples.Message("m", Endpoint) with { Agent = "a1" }, PushSamples.Quota, None));
        await RefusedAsync(() => Store.Messages.StoreAsync(PushSamples.Message("m", Endpoint, urgency: (PushUrgency)4), PushSamples.Quota, None));
        await RefusedAsync(() => Store.Messages.ReadAsync("a1", default, 9, 0, None));
        await RefusedAsync(() => Store.Messages.ReadAsync("a1", default, 9, 1001, None));
        await RefusedAsync(() => AcknowledgeAsync((PushOutcome)9, "m"));
        await RefusedAsync(() => AcknowledgeAsync(PushOutcome.Delivered, [.. Enumerable.Repeat("m", 1001)]));
    }
}
