using System.Text.Json;

namespace Loop.Sdk.Server.Tests.LoopApi.Harness;

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public int Errno => Json.GetProperty("errno").GetInt32();

    /// <summary>Status and errno, as they belong together.</summary>
    public string Code => Text.Length == 0 ? $"{Status}" : $"{Status}/{Errno}";

    /// <summary>A header's value, or an empty text.</summary>
    public string this[string header] => Headers.GetValueOrDefault(header, "");

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync());
    }
}
