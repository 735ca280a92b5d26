using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>Seals a room's context in the way that its key asks for.</summary>
internal static class ContextSealer
{
    /// <summary>Seals with a cipher.</summary>
    public static SealedContext Seal(RoomCipher cipher, RoomContext context, long version, MemberKey author, IReadOnlyList<OwnerSuccession>? successions) => new()
    {
        Algorithm = EnvelopeAlgorithm.LoopV2,
        Value = cipher.SealContext(context.SignedBy(author.Identity, successions), version, author),
        Version = version,
        Author = author.Identity.Id,
    };

    /// <summary>Seals a new context of a room.</summary>
    /// <exception cref="LoopException"><c>no_key</c>, <c>unknown_epoch</c>, <c>content_too_large</c>, <c>stale_version</c>.</exception>
    public static SealedContext Seal(RoomScope scope, RoomDetails room, RoomContext context, IReadOnlyList<OwnerSuccession>? successions)
    {
        var version = NextVersion(scope, room.Context.Version);
        if (scope.Keys.Cipher is { } cipher)
        {
            RequireCurrent(scope, room.Epoch);
            return Seal(cipher, context, version, scope.Self.Key, successions);
        }

        var key = scope.Keys.Original ?? throw CryptographyErrors.NoKey();
        return new SealedContext { Algorithm = EnvelopeAlgorithm.AesGcm, Value = AesGcmEnvelope.SealContext(key, context), Version = version };
    }

    /// <summary>A version above all that are known.</summary>
    /// <exception cref="LoopException"><c>stale_version</c>: there is none.</exception>
    public static long NextVersion(RoomScope scope, long shown)
    {
        var newest = Math.Max(scope.Keys.Cipher?.ContextVersion ?? 0, shown);
        return newest < EnvelopeBinding.MaxVersion ? newest + 1 : throw CryptographyErrors.StaleVersion(newest, newest);
    }

    /// <summary>What is sealed must be sealed with the key of the moment.</summary>
    /// <exception cref="LoopException"><c>unknown_epoch</c>; <c>stale_epoch</c>: the server has gone back behind what was seen.</exception>
    public static void RequireCurrent(RoomScope scope, int epoch)
    {
        if (epoch > scope.Keys.Epoch)
        {
            throw CryptographyErrors.UnknownEpoch(epoch);
        }

        if (epoch < scope.Reader.SeenEpoch)
        {
            throw CryptographyErrors.StaleEpoch(epoch, scope.Reader.SeenEpoch);
        }
    }
}
