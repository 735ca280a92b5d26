namespace Loop.Sdk.Cryptography;

/// <summary>
/// What an owner leaves with the server for a room: wrapped keys with full stops between, the newest room key first, then older ones, then the member key. So the owner's
/// next device is the same member, and can read what was said before the last rotations.
/// </summary>
internal sealed class OwnerRing : IDisposable
{
    private const char Separator = '.';
    private const int MaxParts = 16;

    private OwnerRing(IReadOnlyList<RoomKey> keys, MemberKey? member)
    {
        Keys = keys;
        Member = member;
    }

    /// <summary>The room's keys.</summary>
    public IReadOnlyList<RoomKey> Keys { get; }

    /// <summary>The owner's member key; null if another client did not leave it.</summary>
    public MemberKey? Member { get; private set; }

    /// <summary>Wraps keys.</summary>
    /// <param name="owner">The owner's key.</param>
    /// <param name="room">The room's token.</param>
    /// <param name="keys">The room's keys, the newest first. As many as fit are wrapped.</param>
    /// <param name="member">The owner's member key.</param>
    /// <param name="longest">How long the text may be.</param>
    public static string Wrap(OwnerKey owner, string room, IEnumerable<RoomKey> keys, MemberKey member, int longest)
    {
        var last = owner.WrapMember(room, member);
        var parts = new List<string>();
        var length = last.Length;
        foreach (var key in keys)
        {
            var part = owner.Wrap(room, key);
            if ((length += part.Length + 1) > longest)
            {
                break;
            }

            parts.Add(part);
        }

        return string.Join(Separator, [.. parts, last]);
    }

    /// <summary>Unwraps everything. The caller disposes of it.</summary>
    /// <exception cref="LoopException">As <see cref="OwnerKey.Unwrap"/>.</exception>
    public static OwnerRing Unwrap(OwnerKey owner, string room, string wrapped)
    {
        var keys = new List<RoomKey>();
        MemberKey? member = null;
        try
        {
            foreach (var part in Split(wrapped))
            {
                if (IsMember(part))
                {
                    member?.Dispose();
                    member = owner.UnwrapMember(room, part);
                }
                else
                {
                    keys.Add(owner.Unwrap(room, EnvelopeAlgorithm.LoopV2, part));
                }
            }

            return new OwnerRing(keys, member);
        }
        catch (LoopException)
        {
            keys.ForEach(static key => key.Dispose());
            member?.Dispose();
            throw;
        }
    }

    /// <summary>Unwraps only what is needed to read the room's context: its newest key, and the owner's public keys, which is much cheaper than the private ones.</summary>
    /// <exception cref="LoopException">As <see cref="OwnerKey.Unwrap"/>.</exception>
    public static (RoomKey Key, MemberIdentity? Member) UnwrapForReading(OwnerKey owner, string room, string wrapped)
    {
        var parts = Split(wrapped);
        var key = owner.Unwrap(room, EnvelopeAlgorithm.LoopV2, parts[0]);
        try
        {
            return (key, parts.FirstOrDefault(IsMember) is { } part ? owner.UnwrapIdentity(room, part) : null);
        }
        catch (LoopException)
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Takes the member key out, so that it outlives the ring.</summary>
    public MemberKey? TakeMember()
    {
        var member = Member;
        Member = null;
        return member;
    }

    public void Dispose()
    {
        foreach (var key in Keys)
        {
            key.Dispose();
        }

        Member?.Dispose();
    }

    private static string[] Split(string wrapped)
    {
        var parts = wrapped.Split(Separator, MaxParts + 1);
        return parts.Length <= MaxParts ? parts : throw CryptographyErrors.InvalidEnvelope("it is no owner's ring");
    }

    // The second byte of what is wrapped says what it is: the second and third characters have it.
    private static bool IsMember(string part)
    {
        Span<byte> head = stackalloc byte[3];
        return part.Length > 4 && StrictBase64Url.TryDecode(part.AsSpan(0, 4), head) && head[1] == (byte)WrappedKind.Member;
    }
}
