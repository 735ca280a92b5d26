using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.Tests.Push.Harness;

/// <summary>What an application server is answered.</summary>
internal sealed record PushAnswer(int Status, IHeaderDictionary Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>The number of the error; null if it has none.</summary>
    public int? Errno => Json.GetProperty("errno") is { ValueKind: JsonValueKind.Number } errno ? errno.GetInt32() : null;

    public string Message => Json.GetProperty("message").GetString()!;

    public string this[string header] => Headers[header].ToString();
}
