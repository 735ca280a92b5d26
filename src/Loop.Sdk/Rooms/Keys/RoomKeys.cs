using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>The keys of one room that this client knows, and the cipher that uses them. Zeroed when disposed of.</summary>
internal sealed class RoomKeys(string room) : IDisposable
{
    // As the contract has it.
    private const int LongestWrapped = 1024;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, RoomKey> _epochs = [];
    private RoomKey? _original;
    private RoomCipher? _cipher;
    private long _expected;
    private bool _disposed;

    /// <summary>Seals and opens; null as long as no <c>loop.v2</c> key is known.</summary>
    public RoomCipher? Cipher => Volatile.Read(ref _cipher);

    /// <summary>The key of the original envelope, if the room is one of those.</summary>
    public RoomKey? Original => Volatile.Read(ref _original);

    /// <summary>The newest epoch whose key is known; 0 if none is.</summary>
    public int Epoch => Cipher?.Epoch ?? 0;

    /// <summary>Adds a key, which is copied.</summary>
    /// <exception cref="LoopException"><c>wrong_key</c>: there is another key of the same epoch.</exception>
    public void Add(RoomKey key)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (key.Algorithm != EnvelopeAlgorithm.LoopV2)
            {
                _original ??= key.Copy();
                return;
            }

            if (_cipher is { } cipher)
            {
                cipher.Add(key);
            }
            else
            {
                var made = new RoomCipher(room, key);
                made.ExpectContextVersion(_expected);
                Volatile.Write(ref _cipher, made);
            }

            if (!_epochs.ContainsKey(key.Epoch))
            {
                _epochs.Add(key.Epoch, key.Copy());
            }
        }
    }

    /// <summary>Older contexts than this are refused.</summary>
    public void ExpectContextVersion(long version)
    {
        lock (_lock)
        {
            _expected = Math.Max(_expected, version);
            _cipher?.ExpectContextVersion(version);
        }
    }

    /// <summary>The cipher.</summary>
    /// <exception cref="LoopException"><c>no_key</c>.</exception>
    public RoomCipher RequireCipher() => Cipher ?? throw CryptographyErrors.NoKey();

    /// <summary>A link with the newest key.</summary>
    /// <exception cref="LoopException"><c>no_key</c>.</exception>
    public RoomLink CreateLink(Uri roomUrl)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var key = _epochs.Count > 0 ? _epochs.Values.Last() : _original ?? throw CryptographyErrors.NoKey();
            return RoomLink.Create(roomUrl, key.Copy());
        }
    }

    /// <summary>A new key for the epoch after the newest one.</summary>
    /// <exception cref="LoopException"><c>no_key</c>.</exception>
    public RoomKey Next()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _epochs.Count > 0 ? _epochs.Values.Last().Next() : throw CryptographyErrors.NoKey();
        }
    }

    /// <summary>The owner's ring: the keys, and one more if there is to be a next one.</summary>
    public string Wrap(OwnerKey owner, MemberKey member, RoomKey? next = null)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var newestFirst = _epochs.Values.Reverse();
            return OwnerRing.Wrap(owner, room, next is null ? newestFirst : newestFirst.Prepend(next), member, LongestWrapped);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var key in _epochs.Values)
            {
                key.Dispose();
            }

            _original?.Dispose();
            _cipher?.Dispose();
        }
    }
}
