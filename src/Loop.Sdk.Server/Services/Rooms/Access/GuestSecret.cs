using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>A guest's credential: the room, the guest's id and a secret, with full stops between. The store has a hash of the secret.</summary>
internal static class GuestSecret
{
    private const int IdSize = 16;
    private const int SecretSize = 32;
    private const int MaxLength = 256;

    /// <summary>Makes a new guest.</summary>
    public static GuestRecord New(string room, long now, long expiresAt, out string credential)
    {
        Span<byte> secret = stackalloc byte[SecretSize];
        RandomNumberGenerator.Fill(secret);
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdSize));
        credential = $"{room}.{id}.{Base64Url.EncodeToString(secret)}";
        return new GuestRecord(room, id, SHA256.HashData(secret), now, expiresAt);
    }

    /// <summary>A guest who is known by a token that somebody else made.</summary>
    public static GuestRecord OfToken(string room, string token, long now, long expiresAt)
    {
        var (id, hash) = ForeignKey(token);
        return new GuestRecord(room, id, hash, now, expiresAt);
    }

    /// <summary>Finds the guest who was given a token by somebody else; null if there is none.</summary>
    public static async ValueTask<GuestRecord?> FindByTokenAsync(IMemberStore members, string room, string token, long now, CancellationToken cancellationToken)
    {
        var (id, hash) = ForeignKey(token);
        return await members.GetGuestAsync(room, id, now, cancellationToken).ConfigureAwait(false) is { } guest && CryptographicOperations.FixedTimeEquals(hash, guest.SecretHash.Span)
            ? guest
            : null;
    }

    /// <summary>Finds the guest that a credential is of.</summary>
    /// <exception cref="LoopException"><c>guest_refused</c>, <c>guest_scope</c>.</exception>
    public static async ValueTask<GuestRecord> FindAsync(IMemberStore members, string room, string credential, long now, CancellationToken cancellationToken)
    {
        if (credential.Length > MaxLength
            || credential.AsSpan().ContainsAnyExceptInRange('!', '~')
            || credential.Split('.') is not [var scope, { Length: > 0 } id, var secret])
        {
            throw RoomErrors.Of(ErrorCodes.GuestRefused);
        }

        if (scope != room)
        {
            throw RoomErrors.Of(ErrorCodes.GuestScope);
        }

        return await members.GetGuestAsync(room, id, now, cancellationToken).ConfigureAwait(false) is { } guest && Matches(secret, guest)
            ? guest
            : throw RoomErrors.Of(ErrorCodes.GuestRefused);
    }

    // Two hashes, so that the id, which is not kept secret, says nothing of what is compared.
    private static (string Id, byte[] Hash) ForeignKey(string token)
    {
        var bytes = Encoding.UTF8.GetBytes(token);
        return (Base64Url.EncodeToString(HMACSHA256.HashData("guest id"u8, bytes).AsSpan(0, IdSize)), SHA256.HashData(bytes));
    }

    private static bool Matches(string secret, GuestRecord guest)
    {
        Span<byte> bytes = stackalloc byte[SecretSize];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (Base64Url.DecodeFromChars(secret, bytes, out _, out var written) != OperationStatus.Done || written != SecretSize)
        {
            return false;
        }

        SHA256.HashData(bytes, hash);
        return CryptographicOperations.FixedTimeEquals(hash, guest.SecretHash.Span);
    }
}
