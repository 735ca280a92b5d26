using System.IO.Pipelines;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Push;
using Loop.Sdk.Server.Tests.Push.Harness;
using Loop.Sdk.Server.Tests.Push.Proof;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Push;

[TestClass]
public sealed class ReceiptTests
{
    private static readonly (string Name, string Value) Async = ("Prefer", "respond-async");

    [TestMethod]
    public async Task Sender_is_told_what_came_of_its_messages()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var (first, link) = await PostAsync(world, user.Endpoint, "one");
        var more = ("Link", $"<{link}>; rel=\"urn:ietf:params:push:receipt\"");
        foreach (var (text, headers) in new[] { ("two", [more]), ("three", new[] { ("Push-Receipt", link) }), ("short", [more, ("Topic", "t")]), ("four", [more, ("Topic", "u")]) })
        {
            Assert.AreEqual(link, (await PostAsync(world, user.Endpoint, text, text == "short" ? "1" : "60", headers)).Link);
        }

        Assert.AreEqual(204, (await world.SendAsync("GET", link, null, ("Prefer", "wait=0"))).Status);
        await using var messages = user.Receive();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual("four one two three", await messages.TextsAsync(4));
        await user.Push.AcknowledgeAsync(new([new(messages.Seen[1].Id), new(messages.Seen[2].Id, PushAckCode.DecryptionFailed), new(messages.Seen[3].Id, PushAckCode.NotDelivered)]));
        await world.Host.Services.GetRequiredService<PushHost>().SweepAsync(CancellationToken.None);
        await user.Push.UnsubscribeAsync(new(PushUser.Channel));
        var receipts = (await world.SendAsync("GET", link)).Json.GetProperty("receipts").EnumerateArray().ToList();
        Assert.AreEqual(
            "delivered:204 decryptionFailed:410 notDelivered:410 expired:410 unregistered:410",
            string.Join(' ', receipts.Select(static receipt => $"{receipt.GetProperty("outcome")}:{receipt.GetProperty("status")}")));
        Assert.AreEqual(first, receipts[0].GetProperty("message").GetString());
        Assert.AreEqual("2030-01-01T00:00:01.000Z", receipts[0].GetProperty("at").GetString());

        // They stay until the reader says that it has them.
        Assert.HasCount(5, (await world.SendAsync("GET", link)).Json.GetProperty("receipts").EnumerateArray().ToList());
        Assert.HasCount(2, (await world.SendAsync("GET", $"{link}?after={receipts[2].GetProperty("sequence")}")).Json.GetProperty("receipts").EnumerateArray().ToList());
        Assert.AreEqual(400, (await world.SendAsync("GET", $"{link}?after=x")).Status);
    }

    [TestMethod]
    public async Task A_request_waits_for_the_next_receipt()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var (_, link) = await PostAsync(world, user.Endpoint, "one");
        var waiting = world.SendAsync("GET", link);
        await using var messages = user.Receive();
        await messages.TextAsync();
        Assert.IsFalse(waiting.IsCompleted);
        await messages.AcknowledgeAsync();
        Assert.AreEqual("delivered", (await waiting).Json.GetProperty("receipts")[0].GetProperty("outcome").GetString());
        var nothing = world.SendAsync("GET", $"{link}?after=99");
        await world.Clock.AdvanceUntilAsync(nothing, TimeSpan.FromSeconds(5));
        Assert.AreEqual(204, (await nothing).Status);
    }

    [TestMethod]
    public async Task Receipts_can_be_streamed_and_a_second_reader_ends_the_first()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var (first, link) = await PostAsync(world, user.Endpoint, "one");
        await using var messages = user.Receive();
        await messages.TextAsync();
        await messages.AcknowledgeAsync();
        var pipe = new Pipe();
        var context = Stream(link, pipe);
        var streaming = world.Host.Services.GetRequiredService<PushEndpoint>().ReceiptsAsync(context);
        using var lines = new StreamReader(pipe.Reader.AsStream());
        Assert.AreEqual("id: 1", await lines.ReadLineAsync());
        Assert.Contains(first, (await lines.ReadLineAsync())!);
        await lines.ReadLineAsync();
        Assert.AreEqual("text/event-stream", context.Response.ContentType);
        var alive = lines.ReadLineAsync();
        await world.Clock.AdvanceUntilAsync(alive, TimeSpan.FromSeconds(5));
        Assert.AreEqual(": alive", await alive);
        await world.SendAsync("GET", link, null, ("Prefer", "wait=0"));
        await streaming;
        string? line;
        while ((line = await lines.ReadLineAsync()) is "" or ": alive")
        {
        }

        Assert.AreEqual("event: gone", line);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "receipts 404")]
    public async Task Receipt_subscriptions_can_be_ended_and_unknown_ones_are_not_found()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var (_, link) = await PostAsync(world, user.Endpoint, "one");
        var waiting = world.SendAsync("GET", link);
        Assert.AreEqual(204, (await world.SendAsync("DELETE", link)).Status);
        Assert.AreEqual(404, (await waiting).Status);
        Assert.AreEqual(404, (await world.SendAsync("DELETE", link)).Status);
        Assert.AreEqual(404, (await world.SendAsync("GET", "https://push.example/push/r/x")).Status);

        // One that is not there any more is not used again.
        Assert.AreNotEqual(link, (await PostAsync(world, user.Endpoint, "two", headers: [("Push-Receipt", link)])).Link);
        Assert.AreNotEqual("", (await PostAsync(world, user.Endpoint, "three", headers: [("Push-Receipt", "https://evil.example/push/r/AAAAAAAAAAAAAAAAAAAAAA")])).Link);
        world.Clock.Advance(TimeSpan.FromDays(32));
        Assert.AreEqual(404, (await world.SendAsync("GET", link)).Status);
    }

    [TestMethod]
    [TestProperty(PushRefusals.Property, "receipts 400 place")]
    [DataRow("x")]
    [DataRow("-1")]
    [DataRow("1.5")]
    [DataRow("99999999999999999999")]
    public async Task Places_that_are_no_numbers_are_refused(string after)
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var (_, link) = await PostAsync(world, user.Endpoint, "one");
        Assert.AreEqual(400, (await world.SendAsync("GET", $"{link}?after={after}")).Status);
        Assert.AreEqual(400, (await world.SendAsync("GET", link, null, ("Accept", "text/event-stream"), ("Last-Event-ID", after))).Status);
    }

    [TestMethod]
    public async Task A_message_that_may_not_wait_has_no_receipt()
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var answer = await world.PostAsync(user.Endpoint, "x", "0", Async);
        Assert.AreEqual((201, ""), (answer.Status, answer["Link"]));
    }

    private static async Task<(string Message, string Link)> PostAsync(PushWorld world, string endpoint, string text, string ttl = "60", params (string Name, string Value)[] headers)
    {
        var answer = await world.PostAsync(endpoint, text, ttl, [Async, .. headers]);
        Assert.AreEqual(202, answer.Status);
        Assert.EndsWith("; rel=\"urn:ietf:params:push:receipt\"", answer["Link"]);
        return (answer["Location"], answer["Link"].Split('>')[0][1..]);
    }

    private static DefaultHttpContext Stream(string link, Pipe pipe)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(pipe.Writer.AsStream()));
        context.Request.Method = "GET";
        context.Request.Path = new Uri(link).AbsolutePath;
        context.Request.RouteValues["id"] = new Uri(link).Segments[^1];
        context.Request.Headers.Accept = "text/event-stream";
        return context;
    }
}
