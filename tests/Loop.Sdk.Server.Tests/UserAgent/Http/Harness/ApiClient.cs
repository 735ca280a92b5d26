using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Loop.Sdk.Server.Tests.UserAgent.Http.Harness;

/// <summary>Speaks to the HTTP routes as the original clients did.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(HttpClient http, string? account)
    {
        _http = http;
        if (account is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenValidator.TokenOf(account));
        }
    }

    public HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    /// <summary>Posts what must be taken, and gives the answer as compact JSON.</summary>
    public async Task<string> PostAsync(string path, string json)
    {
        var (status, body) = await TryPostAsync(path, json);
        Assert.AreEqual(HttpStatusCode.OK, status, body);
        return body;
    }

    public async Task<(HttpStatusCode Status, string Body)> TryPostAsync(string path, string json) => await ReadAsync(await _http.PostAsync(new Uri("/v1" + path, UriKind.Relative), ApiHost.Json(json)));

    /// <summary>The results, without the times.</summary>
    public async Task<string> ResultsAsync(string path)
    {
        var (status, body) = await TryGetAsync(path);
        Assert.AreEqual(HttpStatusCode.OK, status, body);
        var results = ApiHost.Read(body)["results"]!.AsArray();
        foreach (var result in results)
        {
            Assert.IsGreaterThan(1_500_000_000_000_000, result!["lastVisited"]!.GetValue<long>(), "Times are microseconds.");
            result.AsObject().Remove("lastVisited");
        }

        return results.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace('"', '\'');
    }

    public async Task<(HttpStatusCode Status, string Body)> TryGetAsync(string path) => await ReadAsync(await _http.GetAsync(new Uri("/v1" + path, UriKind.Relative)));

    /// <summary>What a request is refused with: the status and the code.</summary>
    public static string Refusal((HttpStatusCode Status, string Body) answer)
    {
        var problem = JsonNode.Parse(answer.Body)!;
        Assert.AreEqual((int)answer.Status, problem["status"]!.GetValue<int>());
        Assert.IsFalse(answer.Body.Contains("   at ", StringComparison.Ordinal), "It tells where it happened.");
        return $"{(int)answer.Status} {problem["code"]}";
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public void Dispose() => _http.Dispose();

    private static async Task<(HttpStatusCode Status, string Body)> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var type = response.Content.Headers.ContentType?.MediaType;
            Assert.AreEqual(response.IsSuccessStatusCode ? "application/json" : "application/problem+json", type);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }
}
