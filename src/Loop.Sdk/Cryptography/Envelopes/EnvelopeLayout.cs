using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>The bytes of a <c>loop.v2</c> envelope: version, flags, epoch, commitment, nonce, ciphertext, tag.</summary>
internal static class EnvelopeLayout
{
    public const byte Version = 2;
    public const byte Signed = 1;

    public const int CommitmentSize = SHA256.HashSizeInBytes;
    public const int SignatureSize = 64;
    public const int NonceAt = CommitmentAt + CommitmentSize;
    public const int CiphertextAt = NonceAt + Xaes256Gcm.NonceSize;

    /// <summary>How much longer an envelope is than what it holds, the signature included.</summary>
    public const int Overhead = CiphertextAt + Xaes256Gcm.TagSize;

    /// <summary>Enough for the head, four texts with their lengths, and the version.</summary>
    public const int AssociatedDataBuffer = 512;

    private const int EpochAt = 2;
    private const int CommitmentAt = EpochAt + sizeof(int);

    public static int ContentAt(bool signed) => CiphertextAt + (signed ? SignatureSize : 0);

    public static void WriteHead(Span<byte> envelope, bool signed, int epoch, ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> nonce)
    {
        envelope[0] = Version;
        envelope[1] = signed ? Signed : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(envelope[EpochAt..], epoch);
        commitment.CopyTo(envelope[CommitmentAt..]);
        nonce.CopyTo(envelope[NonceAt..]);
    }

    /// <exception cref="LoopException"><c>invalid_envelope</c>.</exception>
    public static int ReadHead(ReadOnlySpan<byte> envelope, out bool signed)
    {
        if (envelope.Length < Overhead || envelope[0] != Version || envelope[1] > Signed)
        {
            throw CryptographyErrors.InvalidEnvelope("it is cut off or of an unknown version");
        }

        signed = envelope[1] == Signed;
        if (envelope.Length < Overhead + (signed ? SignatureSize : 0))
        {
            throw CryptographyErrors.InvalidEnvelope("it is cut off");
        }

        var epoch = BinaryPrimitives.ReadInt32BigEndian(envelope[EpochAt..]);
        return epoch >= 1 ? epoch : throw CryptographyErrors.InvalidEnvelope("it has no epoch");
    }

    public static ReadOnlySpan<byte> Commitment(ReadOnlySpan<byte> envelope) => envelope.Slice(CommitmentAt, CommitmentSize);

    public static ReadOnlySpan<byte> Nonce(ReadOnlySpan<byte> envelope) => envelope.Slice(NonceAt, Xaes256Gcm.NonceSize);

    public static ReadOnlySpan<byte> AssociatedData(ReadOnlySpan<byte> envelope, string room, in EnvelopeBinding binding, Span<byte> buffer)
    {
        var fields = new FieldWriter(buffer);
        fields.Bytes(envelope[..NonceAt]);
        fields.Text(room);
        fields.Text(EnvelopeFields.NameOf(binding.Field));
        fields.Text(binding.Item);
        fields.Number(binding.Version);
        fields.Text(binding.Author);
        return fields.Written;
    }
}
