using System.Buffers.Text;
using System.Security.Cryptography;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>Names the server's own signalling, where clients are let in by their credentials for the channel.</summary>
internal sealed class OwnSignaling : ILoopMediaProvider
{
    private const string ApiKey = "loop.v1";
    private const int TokenSize = 24;

    public ValueTask<LoopMediaSession> JoinAsync(LoopMediaJoin join, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new LoopMediaSession(ApiKey, join.Place, join.GuestCredential ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenSize))));

    public ValueTask<bool> IsHealthyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);
}
