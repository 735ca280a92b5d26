using System.Buffers.Text;
using System.Security.Cryptography;
using Loop.Sdk.Peers;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.WebRtc;

/// <summary>What the parts of a mesh share.</summary>
internal sealed class MeshContext(RoomScope scope, IPeerSignaling peers, RoomSignaling signaling, MeshOptions options)
{
    private const int NonceBytes = 16;

    public RoomScope Scope => scope;

    public IPeerSignaling Peers => peers;

    public MeshOptions Options => options;

    public RoomsLog Log => scope.Services.Log;

    public TimeProvider Time => scope.Services.Time;

    public Clock Clock { get; } = new(scope.Services.Time);

    public RoomSignaling Signaling => signaling;

    public IceServerCache Ice { get; } = new(scope, peers);

    /// <summary>This end's mesh.</summary>
    public string Instance { get; } = NewNonce();

    /// <summary>This end's participation; empty if there is none.</summary>
    public string Participation => scope.Membership.Participant ?? "";

    public static string NewNonce() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));

    /// <summary>Whether a text may be somebody's nonce.</summary>
    public static bool IsNonce(string? text) => text is { Length: 22 } && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && !text.Contains('/', StringComparison.Ordinal);
}
