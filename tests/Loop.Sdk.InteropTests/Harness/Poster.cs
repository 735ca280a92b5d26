using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Loop.Sdk.Push;

namespace Loop.Sdk.InteropTests.Harness;

/// <summary>An application server that posts to a subscription, and reads the receipts.</summary>
internal sealed class Poster(string subscription, VapidKeys? keys = null) : IDisposable
{
    private const string ReceiptRelation = "urn:ietf:params:push:receipt";

    private readonly HttpClient _http = new();
    private readonly WebPushRecipient _recipient = RecipientOf(JsonElement.Parse(subscription));
    private Uri? _receipts;
    private long _after;

    public Uri Endpoint { get; } = new(JsonElement.Parse(subscription).GetProperty("endpoint").GetString()!);

    /// <summary>Posts a text, or nothing at all.</summary>
    public Task<HttpResponseMessage> PostAsync(string? text, int ttl = 600, string? topic = null, VapidKeys? signedBy = null) =>
        PostBytesAsync(text is null ? null : WebPushEncryption.Encrypt(Encoding.UTF8.GetBytes(text), _recipient), ttl, topic, signedBy);

    public async Task<HttpResponseMessage> PostBytesAsync(byte[]? body, int ttl = 600, string? topic = null, VapidKeys? signedBy = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint);
        request.Headers.Add("TTL", ttl.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Prefer", "respond-async");
        if (topic is not null)
        {
            request.Headers.Add("Topic", topic);
        }

        if (_receipts is not null)
        {
            request.Headers.Add("Link", $"<{_receipts}>; rel=\"{ReceiptRelation}\"");
        }

        if ((signedBy ?? keys) is { } key)
        {
            request.Headers.TryAddWithoutValidation("Authorization", VapidToken.CreateAuthorization(key, Endpoint, "mailto:ops@push.example", DateTimeOffset.UtcNow.AddHours(1)));
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentEncoding = { WebPushEncryption.ContentEncoding }, ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        }

        var response = await _http.SendAsync(request);
        if (response.Headers.TryGetValues("Link", out var links))
        {
            _receipts = new Uri(Endpoint, links.First(static link => link.Contains(ReceiptRelation, StringComparison.Ordinal)).Split('<', '>')[1]);
        }

        return response;
    }

    /// <summary>The outcomes of the next messages, when there are so many.</summary>
    public async Task<IReadOnlyList<string>> OutcomesAsync(int count)
    {
        var outcomes = new List<string>();
        while (outcomes.Count < count)
        {
            using var response = await _http.GetAsync(new Uri($"{_receipts}?after={_after}"));
            Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, $"only {outcomes.Count} of {count} messages were told of");
            foreach (var receipt in (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("receipts").EnumerateArray())
            {
                _after = receipt.GetProperty("sequence").GetInt64();
                outcomes.Add(receipt.GetProperty("outcome").GetString()!);
            }
        }

        return outcomes;
    }

    public void Dispose() => _http.Dispose();

    private static WebPushRecipient RecipientOf(JsonElement subscription)
    {
        var keys = subscription.GetProperty("keys");
        return WebPushRecipient.Parse(keys.GetProperty("p256dh").GetString()!, keys.GetProperty("auth").GetString()!);
    }
}
