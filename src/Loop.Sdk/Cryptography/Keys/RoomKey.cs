using System.Diagnostics;
using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>
/// The key of a room in one epoch. Whoever has the link has it; the server never does. Zeroed when disposed of, and shown by nothing: use <see cref="Export"/>
/// where the bytes are really needed. Safe to use from several threads until it is disposed of.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class RoomKey : IDisposable
{
    /// <summary>Bytes of a <c>loop.v2</c> key.</summary>
    public const int LoopV2Size = 32;

    /// <summary>Bytes of a key of the original envelope, as its clients make them. Keys of 32 bytes are read too.</summary>
    public const int AesGcmSize = 16;

    private readonly SecretBytes _bytes;

    private RoomKey(SecretBytes bytes, string algorithm, int epoch)
    {
        _bytes = bytes;
        Algorithm = algorithm;
        Epoch = epoch;
    }

    /// <summary>The envelope that the key is for: a name from <see cref="EnvelopeAlgorithm"/>.</summary>
    public string Algorithm { get; }

    /// <summary>Which key of the room this is: 1 for the first, one more after every rotation; 0 for the original envelope, which knows no rotation.</summary>
    public int Epoch { get; }

    /// <summary>Bytes of the key: 32, or 16 for the original envelope.</summary>
    public int Size => _bytes.Length;

    internal SecretBytes Bytes => _bytes;

    /// <summary>Makes a new <c>loop.v2</c> key of epoch 1 from 256 random bits.</summary>
    public static RoomKey Generate() => Random(LoopV2Size, EnvelopeAlgorithm.LoopV2, 1);

    /// <summary>Makes a new key of the original envelope from 128 random bits.</summary>
    public static RoomKey GenerateAesGcm() => Random(AesGcmSize, EnvelopeAlgorithm.AesGcm, 0);

    /// <summary>Takes a <c>loop.v2</c> key from bytes, which are copied.</summary>
    /// <param name="bytes">32 bytes.</param>
    /// <param name="epoch">1 or more.</param>
    /// <exception cref="LoopException"><c>invalid_key</c>: of another length, or no such epoch.</exception>
    public static RoomKey Import(ReadOnlySpan<byte> bytes, int epoch)
    {
        if (bytes.Length != LoopV2Size || epoch < 1)
        {
            throw CryptographyErrors.InvalidKey("a room's key is 32 bytes with an epoch from 1");
        }

        return new RoomKey(new SecretBytes(bytes), EnvelopeAlgorithm.LoopV2, epoch);
    }

    /// <summary>Takes a key of the original envelope from bytes, which are copied.</summary>
    /// <param name="bytes">16 or 32 bytes.</param>
    /// <exception cref="LoopException"><c>invalid_key</c>: of another length.</exception>
    public static RoomKey ImportAesGcm(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is not (16 or 32))
        {
            throw CryptographyErrors.InvalidKey("a key of this envelope is 16 or 32 bytes");
        }

        return new RoomKey(new SecretBytes(bytes), EnvelopeAlgorithm.AesGcm, 0);
    }

    /// <summary>
    /// Makes the key of the next epoch, which has nothing in common with this one: whoever has only this one learns nothing of what comes. Give it to those who
    /// stay with <see cref="RoomCipher.SealRotation"/>, or in a new link.
    /// </summary>
    /// <exception cref="InvalidOperationException">The key is of the original envelope, or of the last epoch there can be.</exception>
    public RoomKey Next()
    {
        if (Algorithm != EnvelopeAlgorithm.LoopV2 || Epoch == int.MaxValue)
        {
            throw new InvalidOperationException("This key has no next epoch.");
        }

        return Random(LoopV2Size, EnvelopeAlgorithm.LoopV2, Epoch + 1);
    }

    /// <summary>The same key, to be disposed of for itself.</summary>
    internal RoomKey Copy() => new(new SecretBytes(_bytes.Span), Algorithm, Epoch);

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

    /// <summary>What kind of key this is, and nothing that depends on its bytes.</summary>
    public override string ToString() => $"{nameof(RoomKey)} ({Algorithm}, epoch {Epoch})";

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _bytes.Dispose();

    private static RoomKey Random(int size, string algorithm, int epoch)
    {
        var bytes = new SecretBytes(size);
        RandomNumberGenerator.Fill(bytes.Span);
        return new RoomKey(bytes, algorithm, epoch);
    }
}
