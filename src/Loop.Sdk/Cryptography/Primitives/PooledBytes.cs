using System.Buffers;
using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>A rented buffer that held something secret: it is cleared before it goes back.</summary>
internal readonly ref struct PooledBytes(int length)
{
    private readonly byte[] _rented = ArrayPool<byte>.Shared.Rent(length);

    public Span<byte> Span => _rented.AsSpan(0, length);

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(Span);
        ArrayPool<byte>.Shared.Return(_rented);
    }
}
