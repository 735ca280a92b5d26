using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>
/// XAES-256-GCM (c2sp.org/XAES-256-GCM): AES-256-GCM with 192-bit nonces, which may be random for any number of messages. Each nonce has a key of its own, made by
/// two block encryptions (NIST SP 800-108r1 in counter mode with CMAC). The key schedule and the CMAC subkey are kept; the nonce's key is not.
/// </summary>
internal sealed class Xaes256Gcm : IDisposable
{
    public const int KeySize = 32;
    public const int NonceSize = 24;
    public const int TagSize = 16;

    private const int Block = 16;
    private const int Half = NonceSize / 2;
    private const byte Label = (byte)'X';

    // The reduction polynomial of CMAC for 128-bit blocks (NIST SP 800-38B section 5.3).
    private const byte Reduction = 0b1000_0111;

    private readonly Lock _lock = new();
    private readonly Aes _aes = Aes.Create();
    private readonly ICryptoTransform _encryptor;
    private readonly SecretBytes _subkey = new(Block);
    private readonly SecretBytes _blocks = new(2 * Block);
    private bool _disposed;

    /// <param name="key">32 bytes, copied into the cipher's own state.</param>
    public Xaes256Gcm(SecretBytes key)
    {
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;

        // Given the array, the transform makes no other copy of the key on the heap.
        _encryptor = _aes.CreateEncryptor(key.Array, null);
        _encryptor.TransformBlock(_blocks.Array, 0, Block, _subkey.Array, 0);
        Double(_subkey.Span);
    }

    /// <summary>Encrypts. The ciphertext may take the plaintext's place.</summary>
    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> associatedData)
    {
        using var cipher = ForNonce(nonce);
        cipher.Encrypt(nonce[Half..], plaintext, ciphertext, tag, associatedData);
    }

    /// <summary>Decrypts, or tells that something was changed. The plaintext may take the ciphertext's place.</summary>
    public bool TryDecrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext, ReadOnlySpan<byte> associatedData)
    {
        using var cipher = ForNonce(nonce);
        try
        {
            cipher.Decrypt(nonce[Half..], ciphertext, tag, plaintext, associatedData);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _encryptor.Dispose();
            _aes.Dispose();
            _subkey.Dispose();
            _blocks.Dispose();
        }
    }

    private AesGcm ForNonce(ReadOnlySpan<byte> nonce)
    {
        Span<byte> key = stackalloc byte[KeySize];
        try
        {
            DeriveKey(nonce[..Half], key);
            return new AesGcm(key, TagSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    // Both blocks go through the cipher in one call. The transform keeps state, hence the lock.
    private void DeriveKey(ReadOnlySpan<byte> context, Span<byte> key)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var blocks = _blocks.Span;
            var subkey = _subkey.Span;
            for (var counter = 1; counter <= 2; counter++)
            {
                var block = blocks.Slice((counter - 1) * Block, Block);
                block[0] = 0;
                block[1] = (byte)counter;
                block[2] = Label;
                block[3] = 0;
                context.CopyTo(block[4..]);
                for (var index = 0; index < Block; index++)
                {
                    block[index] ^= subkey[index];
                }
            }

            _encryptor.TransformBlock(_blocks.Array, 0, 2 * Block, _blocks.Array, 0);
            blocks.CopyTo(key);
            CryptographicOperations.ZeroMemory(blocks);
        }
    }

    // Multiplication by x in GF(2^128), without a branch on the secret.
    private static void Double(Span<byte> block)
    {
        var carry = (byte)-(block[0] >> 7);
        for (var index = 0; index < Block - 1; index++)
        {
            block[index] = (byte)((block[index] << 1) | (block[index + 1] >> 7));
        }

        block[Block - 1] = (byte)((block[Block - 1] << 1) ^ (carry & Reduction));
    }
}
