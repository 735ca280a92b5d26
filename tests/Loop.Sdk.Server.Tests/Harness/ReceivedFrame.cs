using System.Text;
using System.Text.Json.Serialization.Metadata;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Server.Tests.Harness;

/// <summary>A frame that the server sent.</summary>
internal sealed record ReceivedFrame(FrameKind Kind, FrameFlags Flags, byte[] Body)
{
    public ulong StreamId
    {
        get
        {
            ReadOnlySpan<byte> body = Body;
            return FrameReader.TakeVarint(ref body);
        }
    }

    public string Text
    {
        get
        {
            ReadOnlySpan<byte> body = Body;
            FrameReader.TakeVarint(ref body);
            return Encoding.UTF8.GetString(body);
        }
    }

    public ErrorBody Error
    {
        get
        {
            Assert.AreEqual(FrameKind.Error, Kind);
            ReadOnlySpan<byte> body = Body;
            FrameReader.TakeVarint(ref body);
            return ControlFrames.Read(body, ControlJson.Default.ErrorBody);
        }
    }

    public GoAway GoAway => Json(FrameKind.GoAway, ControlJson.Default.GoAway);

    public Welcome Welcome => Json(FrameKind.Welcome, ControlJson.Default.Welcome);

    public AuthResult AuthResult => Json(FrameKind.AuthResult, ControlJson.Default.AuthResult);

    private T Json<T>(FrameKind kind, JsonTypeInfo<T> typeInfo)
        where T : class
    {
        Assert.AreEqual(kind, Kind, Encoding.UTF8.GetString(Body));
        return ControlFrames.Read(Body, typeInfo);
    }
}
