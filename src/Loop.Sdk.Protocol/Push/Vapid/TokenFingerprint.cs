using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Loop.Sdk.Push;

/// <summary>The SHA-256 of a token and what it was verified with.</summary>
[InlineArray(SHA256.HashSizeInBytes)]
internal struct TokenFingerprint : IEquatable<TokenFingerprint>
{
    private byte _first;

    public readonly bool Equals(TokenFingerprint other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is TokenFingerprint other && Equals(other);

    // It is a hash already.
    public override readonly int GetHashCode() => MemoryMarshal.Read<int>(this);
}
