using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>Everything that is derived from a room's key in one epoch, each when it is first needed and then kept.</summary>
internal sealed class EpochKeys : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SecretBytes _key;
    private readonly byte[] _commitment = new byte[EnvelopeLayout.CommitmentSize];
    private readonly Xaes256Gcm?[] _ciphers = new Xaes256Gcm?[EnvelopeFields.Count];
    private bool _disposed;

    public EpochKeys(RoomKey key)
    {
        Epoch = key.Epoch;
        _key = new SecretBytes(key.Bytes.Span);
        PurposeKeys.Derive(_key.Span, PurposeKeys.Commitment, Epoch, _commitment);
    }

    public int Epoch { get; }

    /// <summary>What tells this key from all others, without telling anything about it.</summary>
    public ReadOnlySpan<byte> Commitment => _commitment;

    public bool IsCommittedTo(ReadOnlySpan<byte> commitment) => CryptographicOperations.FixedTimeEquals(commitment, _commitment);

    public Xaes256Gcm Cipher(EnvelopeField field) => Volatile.Read(ref _ciphers[(int)field]) ?? Derive(field);

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _key.Dispose();
            foreach (var cipher in _ciphers)
            {
                cipher?.Dispose();
            }
        }
    }

    private Xaes256Gcm Derive(EnvelopeField field)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_ciphers[(int)field] is { } present)
            {
                return present;
            }

            var cipher = PurposeKeys.Cipher(_key.Span, EnvelopeFields.NameOf(field), Epoch);
            Volatile.Write(ref _ciphers[(int)field], cipher);
            return cipher;
        }
    }
}
