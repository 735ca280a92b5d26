using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>Bytes that must not outlive their use. They are pinned, so that the garbage collector leaves no copies behind when it moves things.</summary>
internal sealed class SecretBytes : IDisposable
{
    private readonly byte[] _bytes;
    private volatile bool _disposed;

    public SecretBytes(int length) => _bytes = GC.AllocateArray<byte>(length, pinned: true);

    public SecretBytes(ReadOnlySpan<byte> bytes)
        : this(bytes.Length) => bytes.CopyTo(_bytes);

    public int Length => _bytes.Length;

    /// <exception cref="ObjectDisposedException">The secret is gone.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    /// <summary>The array itself, for the few interfaces of the base class library that take no spans.</summary>
    public byte[] Array
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }
}
