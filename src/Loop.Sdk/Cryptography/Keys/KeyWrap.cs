using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>
/// Keys under an owner's key: version, kind, epoch, commitment, nonce, ciphertext, tag; as base64url. Bound to the room, so that the server cannot hand out the
/// key of another one.
/// </summary>
internal sealed class KeyWrap : IDisposable
{
    public const byte Version = 2;

    private const int EpochAt = 2;
    private const int CommitmentAt = EpochAt + sizeof(int);
    private const int NonceAt = CommitmentAt + SHA256.HashSizeInBytes;
    private const int CiphertextAt = NonceAt + Xaes256Gcm.NonceSize;
    private const int Overhead = CiphertextAt + Xaes256Gcm.TagSize;

    private readonly Xaes256Gcm _cipher;
    private readonly byte[] _commitment = new byte[SHA256.HashSizeInBytes];

    public KeyWrap(SecretBytes owner)
    {
        _cipher = PurposeKeys.Cipher(owner.Span, PurposeKeys.Wrap, 0);
        PurposeKeys.Derive(owner.Span, PurposeKeys.WrapCommitment, 0, _commitment);
    }

    public string Wrap(WrappedKind kind, string room, int epoch, ReadOnlySpan<byte> key)
    {
        Span<byte> nonce = stackalloc byte[Xaes256Gcm.NonceSize];
        RandomNumberGenerator.Fill(nonce);
        return Wrap(kind, room, epoch, key, nonce);
    }

    /// <summary>With a nonce that was chosen by a test vector.</summary>
    internal string Wrap(WrappedKind kind, string room, int epoch, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        Span<byte> wrapped = stackalloc byte[Overhead + MemberKey.ExportSize];
        wrapped = wrapped[..(Overhead + key.Length)];
        wrapped[0] = Version;
        wrapped[1] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(wrapped[EpochAt..], epoch);
        _commitment.CopyTo(wrapped[CommitmentAt..]);
        nonce.CopyTo(wrapped[NonceAt..]);
        _cipher.Encrypt(nonce, key, wrapped[CiphertextAt..^Xaes256Gcm.TagSize], wrapped[^Xaes256Gcm.TagSize..], AssociatedData(wrapped, room, stackalloc byte[256]));
        return StrictBase64Url.Encode(wrapped);
    }

    public SecretBytes Unwrap(WrappedKind kind, string room, string text, out int epoch)
    {
        var size = kind == WrappedKind.Room ? RoomKey.LoopV2Size : MemberKey.ExportSize;
        Span<byte> wrapped = stackalloc byte[Overhead + size];
        if (!StrictBase64Url.TryDecode(text, wrapped) || wrapped[0] != Version || wrapped[1] != (byte)kind)
        {
            throw CryptographyErrors.InvalidEnvelope("it is no wrapped key of this kind");
        }

        if (!CryptographicOperations.FixedTimeEquals(wrapped[CommitmentAt..NonceAt], _commitment))
        {
            throw CryptographyErrors.WrongKey();
        }

        epoch = BinaryPrimitives.ReadInt32BigEndian(wrapped[EpochAt..]);
        var key = new SecretBytes(size);
        if (!_cipher.TryDecrypt(
            wrapped[NonceAt..CiphertextAt],
            wrapped[CiphertextAt..^Xaes256Gcm.TagSize],
            wrapped[^Xaes256Gcm.TagSize..],
            key.Span,
            AssociatedData(wrapped, room, stackalloc byte[256])))
        {
            throw CryptographyErrors.Tampered();
        }

        return key;
    }

    public void Dispose() => _cipher.Dispose();

    private static ReadOnlySpan<byte> AssociatedData(ReadOnlySpan<byte> wrapped, string room, Span<byte> buffer)
    {
        var fields = new FieldWriter(buffer);
        fields.Bytes(wrapped[..NonceAt]);
        fields.Text(room);
        return fields.Written;
    }
}
