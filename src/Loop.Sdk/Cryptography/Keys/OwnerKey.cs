using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Loop.Sdk.Cryptography;

/// <summary>
/// The key under which a user keeps the keys of all rooms, and the member keys, wrapped. The server stores what is wrapped, as opaque text, and never sees this
/// key. Zeroed when disposed of, and shown by nothing. Safe to use from several threads until it is disposed of.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class OwnerKey : IDisposable
{
    /// <summary>Bytes of a key that this library makes.</summary>
    public const int DefaultSize = 32;

    private const int LongestSecret = 1024;

    private readonly SecretBytes _bytes;
    private readonly Lazy<KeyWrap> _wrap;

    private OwnerKey(SecretBytes bytes)
    {
        _bytes = bytes;
        _wrap = new Lazy<KeyWrap>(() => new KeyWrap(_bytes));
    }

    /// <summary>Bytes of the key: 32; 16 only for the key of a profile of the original clients, which cannot wrap <c>loop.v2</c> keys.</summary>
    public int Size => _bytes.Length;

    /// <summary>Makes a key from 256 random bits.</summary>
    public static OwnerKey Generate()
    {
        var bytes = new SecretBytes(DefaultSize);
        RandomNumberGenerator.Fill(bytes.Span);
        return new OwnerKey(bytes);
    }

    /// <summary>Takes a key from bytes, which are copied.</summary>
    /// <param name="bytes">32 bytes, or 16 for a profile of the original clients.</param>
    /// <exception cref="LoopException"><c>invalid_key</c>: of another length.</exception>
    public static OwnerKey Import(ReadOnlySpan<byte> bytes) =>
        bytes.Length is 16 or 32 ? new OwnerKey(new SecretBytes(bytes)) : throw CryptographyErrors.InvalidKey("an owner's key is 32 bytes, or 16");

    /// <summary>Derives a key from a secret that all of the user's devices share, so that nothing else has to be stored. Not for passwords: they can be guessed.</summary>
    /// <param name="secret">A secret of full entropy, 32 to 1024 bytes.</param>
    /// <exception cref="ArgumentException">The secret is shorter or longer.</exception>
    public static OwnerKey Derive(ReadOnlySpan<byte> secret)
    {
        if (secret.Length is < DefaultSize or > LongestSecret)
        {
            throw new ArgumentException($"A secret is {DefaultSize} to {LongestSecret} bytes.", nameof(secret));
        }

        var bytes = new SecretBytes(DefaultSize);
        PurposeKeys.Derive(secret, PurposeKeys.Owner, 0, bytes.Span);
        return new OwnerKey(bytes);
    }

    /// <summary>Derives the key that the original desktop client had from a Firefox account (kBr; spec 4.2): HKDF-SHA256 of the account's key, of 64 bytes the last 32.</summary>
    /// <param name="accountKey">The account's key kB, 16 to 1024 bytes.</param>
    /// <param name="clientId">The OAuth client id, 1 to 128 characters.</param>
    /// <exception cref="ArgumentException">One of them is shorter or longer.</exception>
    public static OwnerKey DeriveFromAccount(ReadOnlySpan<byte> accountKey, string clientId)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        if (accountKey.Length is < 16 or > LongestSecret || clientId.Length > 128)
        {
            throw new ArgumentException("The account's key or the client id is too short or too long.", nameof(accountKey));
        }

        using var derived = new SecretBytes(2 * DefaultSize);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, accountKey, derived.Span, [], Encoding.UTF8.GetBytes("identity.mozilla.com/picl/v1/oauth/kBr:" + clientId));
        return new OwnerKey(new SecretBytes(derived.Span[DefaultSize..]));
    }

    /// <summary>Wraps a room's key, in the form that belongs to its envelope.</summary>
    /// <param name="room">The room's token, to which a <c>loop.v2</c> key is bound: 1 to 128 bytes of UTF-8.</param>
    /// <param name="key">The room's key.</param>
    /// <returns>Text for the server to store.</returns>
    /// <exception cref="InvalidOperationException">This key has only 16 bytes, and the room's is of <c>loop.v2</c>.</exception>
    public string Wrap(string room, RoomKey key)
    {
        BoundText.CheckRoom(room);
        ArgumentNullException.ThrowIfNull(key);
        return key.Algorithm == EnvelopeAlgorithm.LoopV2
            ? LoopV2Wrap().Wrap(WrappedKind.Room, room, key.Epoch, key.Bytes.Span)
            : AesGcmWrap.Wrap(_bytes.Span, key);
    }

    /// <summary>Unwraps a room's key.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="algorithm">The envelope's name, as it stands beside the wrapped key.</param>
    /// <param name="wrapped">What <see cref="Wrap"/> gave.</param>
    /// <exception cref="LoopException">
    /// <c>invalid_envelope</c>: the text cannot be read; <c>wrong_key</c>: wrapped under another key; <c>tampered</c>: changed, or wrapped for another room;
    /// <c>invalid_key</c>: what was wrapped is no key. The original envelope cannot tell a wrong key from a changed text, and answers <c>wrong_key</c> to both.
    /// </exception>
    public RoomKey Unwrap(string room, string algorithm, string wrapped)
    {
        BoundText.CheckRoom(room);
        ArgumentNullException.ThrowIfNull(wrapped);
        switch (algorithm)
        {
            case EnvelopeAlgorithm.AesGcm:
                return AesGcmWrap.Unwrap(_bytes.Span, wrapped);
            case EnvelopeAlgorithm.LoopV2:
                using (var bytes = LoopV2Wrap().Unwrap(WrappedKind.Room, room, wrapped, out var epoch))
                {
                    return RoomKey.Import(bytes.Span, epoch);
                }

            default:
                throw CryptographyErrors.InvalidEnvelope("it is of an unknown kind");
        }
    }

    /// <summary>Wraps a member key, so that the user's other devices are the same member.</summary>
    /// <param name="room">The room's token: 1 to 128 bytes of UTF-8.</param>
    /// <param name="key">The member key.</param>
    /// <returns>Text for the server to store.</returns>
    /// <exception cref="InvalidOperationException">This key has only 16 bytes.</exception>
    public string WrapMember(string room, MemberKey key)
    {
        BoundText.CheckRoom(room);
        ArgumentNullException.ThrowIfNull(key);
        using var bytes = new SecretBytes(MemberKey.ExportSize);
        key.Export(bytes.Span);
        return LoopV2Wrap().Wrap(WrappedKind.Member, room, 0, bytes.Span);
    }

    /// <summary>Unwraps a member key.</summary>
    /// <param name="room">The room's token.</param>
    /// <param name="wrapped">What <see cref="WrapMember"/> gave.</param>
    /// <exception cref="LoopException"><c>invalid_envelope</c>, <c>wrong_key</c>, <c>tampered</c> or <c>invalid_key</c>, as for a room's key.</exception>
    public MemberKey UnwrapMember(string room, string wrapped)
    {
        BoundText.CheckRoom(room);
        ArgumentNullException.ThrowIfNull(wrapped);
        using var bytes = LoopV2Wrap().Unwrap(WrappedKind.Member, room, wrapped, out _);
        return MemberKey.Import(bytes.Span);
    }

    /// <summary>Unwraps only the public keys of a member key, of which the wrapping says that they are the owner's.</summary>
    /// <exception cref="LoopException">As <see cref="UnwrapMember"/>.</exception>
    internal MemberIdentity UnwrapIdentity(string room, string wrapped)
    {
        using var bytes = LoopV2Wrap().Unwrap(WrappedKind.Member, room, wrapped, out _);
        return MemberIdentity.Import(bytes.Span[^MemberIdentity.PublicKeySize..]);
    }

    /// <summary>Writes the key's bytes. Whoever takes them has to zero them.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public int Export(Span<byte> destination)
    {
        _bytes.Span.CopyTo(destination);
        return _bytes.Length;
    }

    /// <summary>What this is, and nothing that depends on its bytes.</summary>
    public override string ToString() => nameof(OwnerKey);

    /// <summary>Zeroes the key.</summary>
    public void Dispose()
    {
        _bytes.Dispose();
        if (_wrap.IsValueCreated)
        {
            _wrap.Value.Dispose();
        }
    }

    internal KeyWrap LoopV2Wrap() =>
        Size == DefaultSize ? _wrap.Value : throw new InvalidOperationException("A key of 16 bytes wraps only keys of the original envelope.");
}
