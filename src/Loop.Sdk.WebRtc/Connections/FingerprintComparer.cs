using System.Diagnostics.CodeAnalysis;
using Loop.Sdk.WebRtc.Dtls;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>Fingerprints are equal if their hashes are.</summary>
internal sealed class FingerprintComparer : IEqualityComparer<DtlsFingerprint>
{
    public static FingerprintComparer Instance { get; } = new();

    public bool Equals(DtlsFingerprint? x, DtlsFingerprint? y) => x is not null && y is not null && x.Hash.Span.SequenceEqual(y.Hash.Span);

    public int GetHashCode([DisallowNull] DtlsFingerprint obj) => obj.Hash.Span[0];
}
