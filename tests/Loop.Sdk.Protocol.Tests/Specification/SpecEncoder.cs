using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Specification;

/// <summary>Makes the frames that the specification's descriptions stand for.</summary>
internal static class SpecEncoder
{
    public static byte[] Encode(JsonArray frames) => [.. frames.SelectMany(static frame => Encode(frame!.AsObject()))];

    private static byte[] Encode(JsonObject json)
    {
        var kind = SpecKinds.Parse(json["kind"]!.GetValue<string>());
        return kind switch
        {
            FrameKind.Hello => ControlFrames.Write(Body(json, ControlJson.Default.Hello)),
            FrameKind.Welcome => ControlFrames.Write(Body(json, ControlJson.Default.Welcome)),
            FrameKind.Auth => ControlFrames.Write(Body(json, ControlJson.Default.Credentials)),
            FrameKind.AuthResult => ControlFrames.Write(Body(json, ControlJson.Default.AuthResult)),
            FrameKind.GoAway => ControlFrames.Write(Body(json, ControlJson.Default.GoAway)),
            _ => FrameWriter.Create(kind, Fields(kind, json), json["flags"] is { } flags ? Enum.Parse<FrameFlags>(flags.GetValue<string>()) : FrameFlags.None),
        };
    }

    private static T Body<T>(JsonObject json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> typeInfo) => json["body"]!.Deserialize(typeInfo)!;

    private static byte[] Fields(FrameKind kind, JsonObject json)
    {
        var body = new List<byte>();
        foreach (var name in (ReadOnlySpan<string>)["stream", "token", "received", "bytes"])
        {
            body.AddRange(json[name] is { } number ? Wire.Number(number.GetValue<ulong>()) : []);
        }

        if (kind == FrameKind.Open)
        {
            body.AddRange(Header(json));
        }

        body.AddRange(json["total"] is { } total ? Wire.Number(total.GetValue<ulong>()) : []);
        body.AddRange(json["payload"] is { } payload ? Encoding.UTF8.GetBytes(payload.GetValue<string>()) : []);
        body.AddRange(kind == FrameKind.Error ? JsonSerializer.SerializeToUtf8Bytes(Body(json, ControlJson.Default.ErrorBody), ControlJson.Default.ErrorBody) : []);
        return [.. body];
    }

    private static byte[] Header(JsonObject json)
    {
        var named = json["service"]!.GetValueKind() == JsonValueKind.String;
        var header = new OpenHeader
        {
            ServiceId = named ? 0 : json["service"]!.GetValue<int>(),
            ServiceName = named ? json["service"]!.GetValue<string>() : null,
            Method = json["method"]!.GetValue<int>(),
            DeadlineMs = json["deadlineMs"]!.GetValue<long>(),
            TraceParent = json["traceParent"]?.GetValue<string>(),
            IdempotencyKey = json["idempotencyKey"]?.GetValue<string>(),
        };
        var bytes = new byte[header.Size];
        header.Write(bytes);
        return bytes;
    }
}
