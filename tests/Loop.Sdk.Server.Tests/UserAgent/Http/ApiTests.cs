using System.Net;
using Loop.Sdk.Server.Tests.UserAgent.Http.Harness;

namespace Loop.Sdk.Server.Tests.UserAgent.Http;

[TestClass]
public sealed class ApiTests
{
    private const string Visit = """{"url":"https://a.example/","session":1}""";

    [TestMethod]
    public async Task Nobody_gets_anything_without_credentials_even_if_channels_may_be_anonymous()
    {
        await using var host = await ApiHost.StartAsync(localAccount: "local");
        using var nobody = host.Client(account: null);
        Assert.AreEqual("401 unauthenticated", ApiClient.Refusal(await nobody.TryPostAsync("/sessions/start", "{}")));
        Assert.AreEqual("401 unauthenticated", ApiClient.Refusal(await nobody.TryGetAsync("/stars")));
        nobody.Headers.TryAddWithoutValidation("Authorization", "Bearer wrong");
        Assert.AreEqual("401 unauthenticated", ApiClient.Refusal(await nobody.TryGetAsync("/stars")));
        Assert.AreEqual(HttpStatusCode.Unauthorized, (await Assert.ThrowsExactlyAsync<HttpRequestException>(() => host.ConnectAsync(account: null))).StatusCode);
    }

    [TestMethod]
    public async Task The_heartbeat_is_there_for_everybody()
    {
        await using var host = await ApiHost.StartAsync();
        using var http = new HttpClient { BaseAddress = host.Address };
        Assert.AreEqual("""{"version":"v1"}""", await http.GetStringAsync(new Uri("/__heartbeat__", UriKind.Relative)));
    }

    [TestMethod]
    public async Task The_user_of_the_process_is_an_account_over_the_unix_socket_only_if_the_host_says_so()
    {
        await using (var host = await ApiHost.StartAsync(localAccount: "local"))
        {
            using var client = host.LocalClient();
            Assert.AreEqual("""{"session":1}""", await client.PostAsync("/sessions/start", "{}"));
            using var same = host.Client("local");
            Assert.AreEqual("""{"session":2}""", await same.PostAsync("/sessions/start", "{}"));
        }

        await using var strict = await ApiHost.StartAsync();
        using var refused = strict.LocalClient();
        Assert.AreEqual("401 unauthenticated", ApiClient.Refusal(await refused.TryGetAsync("/stars")));
    }

    [TestMethod]
    public async Task Accounts_see_nothing_of_each_other()
    {
        await using var host = await ApiHost.StartAsync();
        using var ada = host.Client();
        using var bob = host.Client("bob");
        await ada.PostAsync("/sessions/start", "{}");
        await ada.PostAsync("/visits/visit", Visit);
        Assert.AreEqual("404 session_not_found", ApiClient.Refusal(await bob.TryPostAsync("/visits/visit", Visit)));
        Assert.AreEqual("[]", await bob.ResultsAsync("/visits"));
    }

    [TestMethod]
    [DataRow("/sessions/start", "")]
    [DataRow("/sessions/start", "null")]
    [DataRow("/sessions/start", "[]")]
    [DataRow("/sessions/start", """{"scope":"x"}""")]
    [DataRow("/sessions/start", """{"scope":1.5}""")]
    [DataRow("/sessions/start", "{")]
    [DataRow("/sessions/end", "{}")]
    [DataRow("/visits/visit", """{"url":"https://a.example/"}""")]
    [DataRow("/visits/visit", """{"url":["https://a.example/"],"session":1}""")]
    [DataRow("/pages/page", """{"url":"https://a.example/","session":1}""")]
    [DataRow("/pages/page", """{"url":"https://a.example/","session":1,"page":{}}""")]
    [DataRow("/pages/page", """{"url":"https://a.example/","session":1,"page":{"textContent":""}}""")]
    public async Task A_body_is_refused_with_400_when_it_is_not_as_expected(string path, string body)
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Client();
        await client.PostAsync("/sessions/start", "{}");
        Assert.AreEqual("400 invalid_request", ApiClient.Refusal(await client.TryPostAsync(path, body)));
    }

    [TestMethod]
    [DataRow("/pages")]
    [DataRow("/pages?q=")]
    [DataRow("/pages?q=x&limit=0")]
    [DataRow("/pages?q=x&limit=-1")]
    [DataRow("/pages?q=x&limit=many")]
    [DataRow("/pages?q=x&since=-1")]
    [DataRow("/pages?q=x&since=99999999999999999999")]
    [DataRow("/visits?limit=1.5")]
    [DataRow("/stars?limit=1&limit=2")]
    public async Task A_query_is_refused_with_400_when_it_is_not_as_expected(string path)
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Client();
        Assert.AreEqual("400 invalid_request", ApiClient.Refusal(await client.TryGetAsync(path)));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("no url")]
    [DataRow("javascript:alert(1)")]
    [DataRow("data:text/html,x")]
    public async Task A_url_is_refused_with_400_when_nobody_can_go_there(string url)
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Client();
        await client.PostAsync("/sessions/start", "{}");
        var body = $$"""{"url":"{{url}}","session":1}""";
        Assert.AreEqual("400 invalid_url", ApiClient.Refusal(await client.TryPostAsync("/visits/visit", body)));
        Assert.AreEqual("400 invalid_url", ApiClient.Refusal(await client.TryPostAsync("/stars/star", body)));
    }

    [TestMethod]
    public async Task Refusals_have_the_statuses_of_today_when_the_original_failed_inside()
    {
        await using var host = await ApiHost.StartAsync(static options => options.MaxText = 1024);
        using var client = host.Client();
        await client.PostAsync("/sessions/start", "{}");
        Assert.AreEqual("404 ancestor_not_found", ApiClient.Refusal(await client.TryPostAsync("/sessions/start", """{"ancestor":7}""")));
        Assert.AreEqual("404 session_not_found", ApiClient.Refusal(await client.TryPostAsync("/sessions/end", """{"session":7}""")));
        Assert.AreEqual("413 content_too_large", ApiClient.Refusal(await client.TryPostAsync(
            "/pages/page", $$$"""{"url":"https://a.example/","session":1,"page":{"textContent":"{{{new string('x', 1025)}}}"}}""")));
        Assert.AreEqual("413 content_too_large", ApiClient.Refusal(await client.TryPostAsync("/visits/visit", $$"""{"x":"{{new string('x', 80_000)}}"}""")));
        await client.PostAsync("/sessions/end", """{"session":1,"reason":0}""");
        Assert.AreEqual("409 session_ended", ApiClient.Refusal(await client.TryPostAsync("/sessions/end", """{"session":1}""")));
        Assert.AreEqual("409 session_ended", ApiClient.Refusal(await client.TryPostAsync("/visits/visit", Visit)));
        Assert.AreEqual("405 invalid_request", ApiClient.Refusal(await client.TryGetAsync("/visits/visit")));
        using var form = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/sessions/start", UriKind.Relative)) { Content = new StringContent("scope=1") };
        Assert.AreEqual(HttpStatusCode.UnsupportedMediaType, (await client.SendAsync(form)).StatusCode);
        Assert.AreEqual("[]", await client.ResultsAsync("/pages?q=%22unbalanced%20OR%20(x"));
    }

    [TestMethod]
    public async Task A_request_is_done_once_when_it_is_repeated_with_its_key()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Client();
        client.Headers.TryAddWithoutValidation("Idempotency-Key", "\"a-b-c\"");
        Assert.AreEqual("""{"session":1}""", await client.PostAsync("/sessions/start", "{}"));
        Assert.AreEqual("""{"session":1}""", await client.PostAsync("/sessions/start", "{}"));
        Assert.AreEqual("409 key_conflict", ApiClient.Refusal(await client.TryPostAsync("/visits/visit", Visit)));
    }

    [TestMethod]
    public async Task Pages_of_allowed_origins_may_call_and_others_may_not()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Client();
        Assert.AreEqual(HttpStatusCode.Forbidden, (await AskAsync(client, HttpMethod.Get, "https://evil.example")).StatusCode);
        Assert.AreEqual(HttpStatusCode.Forbidden, (await AskAsync(client, HttpMethod.Options, "https://window.example.evil.example")).StatusCode);
        using var allowed = await AskAsync(client, HttpMethod.Get, ApiHost.AllowedOrigin);
        Assert.AreEqual((HttpStatusCode.OK, ApiHost.AllowedOrigin), (allowed.StatusCode, allowed.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        using var preflight = await AskAsync(client, HttpMethod.Options, ApiHost.AllowedOrigin);
        Assert.AreEqual((HttpStatusCode.NoContent, "GET"), (preflight.StatusCode, preflight.Headers.GetValues("Access-Control-Allow-Methods").Single()));
        Assert.AreEqual(HttpStatusCode.Forbidden, (await Assert.ThrowsExactlyAsync<HttpRequestException>(() => host.ConnectAsync(origin: "https://evil.example"))).StatusCode);
    }

    [TestMethod]
    public async Task Old_clients_are_greeted_and_told_the_stars_of_their_account()
    {
        await using var host = await ApiHost.StartAsync();
        using var ada = host.Client();
        using var bob = host.Client("bob");
        await ada.PostAsync("/sessions/start", "{}");
        await bob.PostAsync("/sessions/start", "{}");
        await ada.PostAsync("/stars/star", """{"url":"https://1.example/","session":1,"title":"One"}""");
        using var first = await host.ConnectAsync();
        Assert.AreEqual("""{"message":"protocol","version":"v1","clientCount":1}""", (await first.NextAsync()).ToJsonString());
        Assert.AreEqual("""{"type":"connected"}""", (await first.NextAsync()).ToJsonString());
        Assert.AreEqual("https://1.example/:One", await first.UntilStarsAsync("https://1.example/"));
        using var second = await host.ConnectAsync();
        Assert.AreEqual(2, (await second.NextAsync())["clientCount"]!.GetValue<int>());
        await second.NextAsync();
        await bob.PostAsync("/stars/star", """{"url":"https://bob.example/","session":1}""");
        for (var number = 2; number <= 7; number++)
        {
            await ada.PostAsync("/stars/star", $$"""{"url":"https://{{number}}.example/","session":1}""");
        }

        await ada.PostAsync("/stars/unstar", """{"url":"https://1.example/","session":1}""");
        string[] all = [.. Enumerable.Range(2, 6).Select(static number => $"https://{number}.example/")];
        foreach (var client in new[] { first, second })
        {
            Assert.AreEqual("https://7.example/: https://6.example/: https://5.example/: https://4.example/: https://3.example/:", await client.UntilStarsAsync(all));
        }
    }

    private static Task<HttpResponseMessage> AskAsync(ApiClient client, HttpMethod method, string origin)
    {
        var request = new HttpRequestMessage(method, new Uri("/v1/stars", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Origin", origin);
        return client.SendAsync(request);
    }
}
