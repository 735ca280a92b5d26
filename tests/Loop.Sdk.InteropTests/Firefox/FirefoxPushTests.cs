using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Loop.Sdk.InteropTests.Harness;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Push;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.InteropTests.Firefox;

/// <summary>An unmodified Firefox whose push service is ours. One browser for all tests, one subscription for each.</summary>
[TestClass]
[DoNotParallelize]
public sealed class FirefoxPushTests : IDisposable
{
    private static PageHost _page = null!;
    private static PushHost _host = null!;
    private static FirefoxBrowser _browser = null!;

    private readonly VapidKeys _keys = VapidKeys.Generate();
    private Poster _poster = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        if (FirefoxBrowser.Executable is null)
        {
            ForeignPrograms.Missing("firefox-esr");
            return;
        }

        _page = await PageHost.StartAsync();
        _host = await PushHost.StartAsync();
        _browser = await FirefoxBrowser.StartAsync(_host.Service, _page.Address);
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (FirefoxBrowser.Executable is not null)
        {
            await _browser.DisposeAsync();
            await _host.DisposeAsync();
            await _page.DisposeAsync();
        }
    }

    [TestInitialize]
    public async Task SubscribeAsync()
    {
        if (FirefoxBrowser.Executable is null)
        {
            Assert.Inconclusive("firefox-esr is not installed.");
        }

        await _browser.RunAsync("clear()");
        _poster = new Poster(await _browser.RunAsync($"subscribe('{_keys.ToPublicText()}')"), _keys);
    }

    [TestCleanup]
    public async Task EndAsync()
    {
        if (_poster is not null)
        {
            _host.IsRefusing = false;
            await _browser.RunAsync("unsubscribe().catch(() => '')");
        }
    }

    public void Dispose()
    {
        _poster?.Dispose();
        _keys.Dispose();
    }

    [TestMethod]
    public async Task Messages_arrive_are_acknowledged_and_garbage_is_told()
    {
        await ExpectAsync(HttpStatusCode.Accepted, _poster.PostAsync("Grüße ✓"));
        await ExpectAsync(HttpStatusCode.Accepted, _poster.PostAsync(text: null));
        await ExpectAsync(HttpStatusCode.Accepted, _poster.PostAsync(new string('x', 3990)));

        // The browser decrypts each by itself: one without a body may be through first.
        CollectionAssert.AreEquivalent((string?[])["Grüße ✓", null, new string('x', 3990)], await ReceivedAsync(3));
        CollectionAssert.AreEqual((string[])["delivered", "delivered", "delivered"], (await _poster.OutcomesAsync(3)).ToArray());
        await ExpectAsync(HttpStatusCode.Accepted, _poster.PostBytesAsync(new byte[200]));
        CollectionAssert.AreEqual((string[])["decryptionFailed"], (await _poster.OutcomesAsync(1)).ToArray());
    }

    [TestMethod]
    public async Task Another_application_server_is_refused()
    {
        using var other = VapidKeys.Generate();
        await ExpectAsync(HttpStatusCode.Unauthorized, _poster.PostAsync("forged", signedBy: other));
        using var anonymous = new Poster(await _browser.RunAsync($"subscribe('{_keys.ToPublicText()}')"));
        await ExpectAsync(HttpStatusCode.Unauthorized, anonymous.PostAsync("unsigned"));
        await ExpectAsync(HttpStatusCode.Accepted, _poster.PostAsync("mine"));
        CollectionAssert.AreEqual((string[])["mine"], await ReceivedAsync(1));
    }

    [TestMethod]
    public async Task Server_sends_to_the_browser_with_its_own_key()
    {
        await _browser.RunAsync("unsubscribe()");
        var sender = _host.Services.GetRequiredService<IWebPushSender>();
        var key = Base64Url.EncodeToString((await sender.GetPublicKeyAsync()).Span);
        var target = WebPushTarget.Parse(await _browser.RunAsync($"subscribe('{key}')"));
        Assert.AreEqual(WebPushOutcome.Accepted, (await sender.SendAsync(target, "from the server"u8.ToArray())).Outcome);
        CollectionAssert.AreEqual((string[])["from the server"], await ReceivedAsync(1));
        await _browser.RunAsync("unsubscribe()");
        Assert.AreEqual(WebPushOutcome.Gone, (await sender.SendAsync(target, "late"u8.ToArray())).Outcome);
    }

    [TestMethod]
    public async Task Endpoint_is_gone_when_the_page_unsubscribes()
    {
        Assert.AreEqual("true", await _browser.RunAsync("unsubscribe()"));
        using var gone = await _poster.PostAsync("late");
        Assert.AreEqual(HttpStatusCode.Gone, gone.StatusCode);
        Assert.AreEqual(TimeSpan.FromDays(1), gone.Headers.CacheControl!.MaxAge);
    }

    [TestMethod]
    public async Task What_was_posted_while_the_browser_was_away_arrives_after_the_server_was_started_again()
    {
        _host.IsRefusing = true;
        await _host.RestartAsync();
        await ExpectAsync(HttpStatusCode.Created, _poster.PostAsync("never", ttl: 0));
        await ExpectAsync(HttpStatusCode.Accepted, _poster.PostAsync("stored"));
        await ExpectAsync(HttpStatusCode.Accepted, _poster.PostAsync("old news", topic: "news"));
        await ExpectAsync(HttpStatusCode.Accepted, _poster.PostAsync("news", topic: "news"));
        _host.IsRefusing = false;
        await _host.RestartAsync();
        CollectionAssert.AreEqual((string[])["news", "stored"], await ReceivedAsync(2));
        await ExpectAsync(HttpStatusCode.Accepted, _poster.PostAsync("after"));
        CollectionAssert.AreEqual((string[])["news", "stored", "after"], await ReceivedAsync(3));
    }

    [TestMethod]
    public async Task Burst_of_200_is_acknowledged_to_the_last()
    {
        const int Count = 200;
        for (var index = 0; index < Count; index++)
        {
            await ExpectAsync(HttpStatusCode.Accepted, _poster.PostAsync($"{index}"));
        }

        CollectionAssert.AreEquivalent(Enumerable.Range(0, Count).Select(static index => $"{index}").ToArray(), await ReceivedAsync(Count));
        Assert.IsTrue((await _poster.OutcomesAsync(Count)).All(static outcome => outcome == "delivered"));
    }

    private static async Task<string?[]> ReceivedAsync(int count) =>
        [.. JsonElement.Parse(await _browser.RunAsync($"until({count})")).EnumerateArray().Select(static text => text.GetString())];

    private static async Task ExpectAsync(HttpStatusCode expected, Task<HttpResponseMessage> post)
    {
        using var response = await post;
        Assert.AreEqual(expected, response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
