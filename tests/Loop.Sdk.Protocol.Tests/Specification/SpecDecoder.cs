using System.Text;
using System.Text.Json.Nodes;
using Loop.Sdk.Frames;

namespace Loop.Sdk.Specification;

/// <summary>Says what frames mean, in the terms of the specification's examples.</summary>
internal static class SpecDecoder
{
    public static JsonArray Decode(ReadOnlySpan<byte> bytes)
    {
        var frames = new JsonArray();
        var begun = new HashSet<ulong>();
        while (bytes.Length > 0)
        {
            Assert.IsTrue(FrameReader.TryRead(bytes, out var frame), "An example consists of whole frames.");
            frames.Add((JsonNode)Describe(frame, begun));
            bytes = bytes[frame.Length..];
        }

        return frames;
    }

    private static JsonObject Describe(in Frame frame, HashSet<ulong> begun)
    {
        var json = new JsonObject { ["kind"] = SpecKinds.NameOf(frame.Kind) };
        if (frame.Flags != FrameFlags.None)
        {
            json["flags"] = frame.Flags.ToString();
        }

        var body = frame.Body;
        switch (frame.Kind)
        {
            case FrameKind.Open:
                json["stream"] = FrameReader.TakeVarint(ref body);
                Header(json, OpenHeader.Read(ref body));
                Payload(json, body, frame.Flags, begun);
                break;
            case FrameKind.Item:
                json["stream"] = FrameReader.TakeVarint(ref body);
                Payload(json, body, frame.Flags, begun);
                break;
            case FrameKind.Error:
                json["stream"] = FrameReader.TakeVarint(ref body);
                json["body"] = JsonNode.Parse(body);
                break;
            case FrameKind.Ping or FrameKind.Pong:
                json["token"] = FrameReader.TakeVarint(ref body);
                json["received"] = FrameReader.TakeVarint(ref body);
                break;
            case FrameKind.Ack:
                json["received"] = FrameReader.TakeVarint(ref body);
                break;
            case FrameKind.End or FrameKind.Cancel or FrameKind.Credit:
                json["stream"] = FrameReader.TakeVarint(ref body);
                if (frame.Kind == FrameKind.Credit)
                {
                    json["bytes"] = FrameReader.TakeVarint(ref body);
                }

                break;
            default:
                json["body"] = JsonNode.Parse(body);
                break;
        }

        return json;
    }

    private static void Header(JsonObject json, in OpenHeader header)
    {
        json["service"] = header.ServiceId == 0 ? header.ServiceName : header.ServiceId;
        json["method"] = header.Method;
        json["deadlineMs"] = header.DeadlineMs;
        if (header.TraceParent is { } trace)
        {
            json["traceParent"] = trace;
        }

        if (header.IdempotencyKey is { } key)
        {
            json["idempotencyKey"] = key;
        }
    }

    private static void Payload(JsonObject json, ReadOnlySpan<byte> body, FrameFlags flags, HashSet<ulong> begun)
    {
        var id = json["stream"]!.GetValue<ulong>();
        if ((flags & FrameFlags.More) == 0)
        {
            begun.Remove(id);
        }
        else if (begun.Add(id))
        {
            json["total"] = FrameReader.TakeVarint(ref body);
        }

        json["payload"] = Encoding.UTF8.GetString(body);
    }
}
