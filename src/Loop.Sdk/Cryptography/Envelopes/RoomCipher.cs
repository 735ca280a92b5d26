using System.Diagnostics;
using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>
/// Seals and opens what a room's members share, in <c>loop.v2</c> envelopes (<c>docs/encryption.md</c>). Holds the keys of one or more epochs; seals with the newest.
/// Remembers the newest versions it has opened, and refuses older ones. A failure leaves it as it was. Safe to use from several threads until it is disposed of.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class RoomCipher : IDisposable
{
    /// <summary>The longest content of an entry, in bytes.</summary>
    public const int MaxContent = 1024 * 1024;

    // About 1 MiB each. Apart, so that reading a long timeline does not make the signals' versions forgotten.
    private const int RememberedVersions = 4096;

    private readonly KeyRing _keys = new();
    private readonly VersionGuard _entries = new(RememberedVersions);
    private readonly VersionGuard _signals = new(RememberedVersions);
    private long _contextVersion;

    /// <summary>Makes a cipher for a room.</summary>
    /// <param name="room">The room's token: 1 to 128 bytes of UTF-8.</param>
    /// <param name="key">A <c>loop.v2</c> key of the room. It is copied, and may be disposed of.</param>
    /// <exception cref="ArgumentException">No such token, or a key of the original envelope: see <see cref="AesGcmEnvelope"/>.</exception>
    public RoomCipher(string room, RoomKey key)
    {
        BoundText.CheckRoom(room);
        Room = room;
        Add(key);
    }

    /// <summary>The room's token.</summary>
    public string Room { get; }

    /// <summary>The current epoch: the newest whose key is known.</summary>
    public int Epoch => _keys.Current.Epoch;

    /// <summary>The newest version of the context that was opened or expected; 0 at first. Worth keeping for <see cref="ExpectContextVersion"/>.</summary>
    public long ContextVersion => Interlocked.Read(ref _contextVersion);

    /// <summary>Adds the key of another epoch: a newer one, from now on the current one, or an older one to read history.</summary>
    /// <param name="key">A <c>loop.v2</c> key of the room. It is copied, and may be disposed of.</param>
    /// <exception cref="ArgumentException">A key of the original envelope.</exception>
    /// <exception cref="LoopException"><c>wrong_key</c>: there is another key of the same epoch.</exception>
    public void Add(RoomKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Algorithm != EnvelopeAlgorithm.LoopV2)
        {
            throw new ArgumentException("The key is not one of loop.v2.", nameof(key));
        }

        _keys.Add(key);
    }

    /// <summary>Says which version of the context is known already, for instance from the last run, so that an older one is refused from the start.</summary>
    /// <param name="version">0 or more. An older one than <see cref="ContextVersion"/> changes nothing.</param>
    public void ExpectContextVersion(long version)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        RaiseContextVersion(version);
    }

    /// <summary>Seals the room's context.</summary>
    /// <param name="context">The context.</param>
    /// <param name="version">Its version, newer than <see cref="ContextVersion"/>: at most 2^53 − 1.</param>
    /// <param name="author">Who signs it, or null for nobody: then any member could have written it.</param>
    /// <returns>The context's <c>value</c>: base64url.</returns>
    /// <exception cref="LoopException"><c>content_too_large</c>: longer than <see cref="RoomContext.MaxLength"/> as JSON; <c>stale_version</c>: there is one as new.</exception>
    public string SealContext(RoomContext context, long version, MemberKey? author = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var binding = Checked(new EnvelopeBinding(EnvelopeField.Context, "", version, author?.Identity.Id ?? ""));
        var seen = ContextVersion;
        if (version <= seen)
        {
            throw CryptographyErrors.StaleVersion(version, seen);
        }

        var json = context.ToJson();
        using var buffer = new PooledBytes(EnvelopeLayout.ContentAt(author is not null) + json.Length + Xaes256Gcm.TagSize);
        EnvelopeSealer.Seal(_keys.Current, Room, binding, json, author, buffer.Span);
        CryptographicOperations.ZeroMemory(json);
        return StrictBase64Url.Encode(buffer.Span);
    }

    /// <summary>Opens the room's context. The same version may be opened again, an older one may not.</summary>
    /// <param name="value">The context's <c>value</c>.</param>
    /// <param name="version">Its version, as the server says.</param>
    /// <param name="author">Who must have signed it, or null if it must not be signed.</param>
    /// <exception cref="LoopException">
    /// <c>invalid_envelope</c>: cut off, or not of this kind; <c>content_too_large</c>; <c>unknown_epoch</c>: the key was changed, and the new one is not known;
    /// <c>stale_epoch</c>: sealed with a key that is no longer in use; <c>wrong_key</c>; <c>tampered</c>: changed, or of another room, field, version or author;
    /// <c>forged_author</c>: not signed by the author; <c>stale_version</c>: a newer one was seen; <c>invalid_context</c>: what was sealed is no context.
    /// </exception>
    public RoomContext OpenContext(string value, long version, MemberIdentity? author = null)
    {
        using var buffer = DecodeContext(value);

        // Decrypted in its own place: the buffer is cleared before it goes back to the pool.
        var binding = Received(new EnvelopeBinding(EnvelopeField.Context, "", version, author?.Id ?? ""));
        var keys = Keys(buffer.Span, binding.Field, out var signed);
        var plaintext = buffer.Span[EnvelopeLayout.CiphertextAt..^Xaes256Gcm.TagSize];
        var content = EnvelopeSealer.Open(keys, Room, binding, buffer.Span, signed, author, plaintext);
        var context = RoomContext.Parse(content);
        RaiseContextVersion(version, isOpened: true);
        return context;
    }

    /// <summary>Opens a context that may itself hold the public keys of who signed it, so that it can be read before anything else of the room.</summary>
    /// <param name="value">The context's <c>value</c>.</param>
    /// <param name="version">Its version, as the server says.</param>
    /// <param name="author">The id of who must have signed it.</param>
    /// <param name="known">The author, if known already.</param>
    /// <param name="accepts">Says whether the author may write contexts, by what is in this one, which is signed.</param>
    /// <exception cref="LoopException">As for the other one; <c>unknown_author</c>: the author's keys are not known, and not in the context.</exception>
    internal RoomContext OpenContext(string value, long version, string author, MemberIdentity? known, Func<RoomContext, bool> accepts)
    {
        using var buffer = DecodeContext(value);
        var binding = Received(new EnvelopeBinding(EnvelopeField.Context, "", version, author));
        var keys = Keys(buffer.Span, binding.Field, out var signed);
        var plaintext = buffer.Span[EnvelopeLayout.CiphertextAt..^Xaes256Gcm.TagSize];
        var context = RoomContext.Parse(EnvelopeSealer.DecryptSigned(keys, Room, binding, buffer.Span, signed, plaintext));
        using var signer = known is null ? context.ReadSigner(author) ?? throw CryptographyErrors.UnknownAuthor() : null;
        if (!EnvelopeSealer.IsSignedBy(known ?? signer!, Room, binding, buffer.Span, plaintext) || !accepts(context))
        {
            throw CryptographyErrors.ForgedAuthor();
        }

        RaiseContextVersion(version, isOpened: true);
        return context;
    }

    /// <summary>Seals an entry of the timeline, a signal, or WebRTC signalling.</summary>
    /// <param name="field">One of <see cref="EnvelopeField.Timeline"/>, <see cref="EnvelopeField.Signal"/>, <see cref="EnvelopeField.Signalling"/>.</param>
    /// <param name="item">The entry's id, the kind of signal, or what the signalling is bound to (<c>docs/encryption.md</c>): at most 128 bytes of UTF-8.</param>
    /// <param name="version">The entry's version, or for signals and signalling a number that is higher each time: 1 to 2^53 − 1.</param>
    /// <param name="content">At most <see cref="MaxContent"/> bytes.</param>
    /// <param name="author">Who signs.</param>
    /// <exception cref="ArgumentException">Another field, or no such item or version.</exception>
    /// <exception cref="LoopException"><c>content_too_large</c>.</exception>
    public byte[] Seal(EnvelopeField field, string item, long version, ReadOnlySpan<byte> content, MemberKey author)
    {
        ArgumentNullException.ThrowIfNull(author);
        CheckEntry(field);
        return content.Length <= MaxContent
            ? EnvelopeSealer.Seal(_keys.Current, Room, Checked(new EnvelopeBinding(field, item, version, author.Identity.Id)), content, author)
            : throw CryptographyErrors.TooLarge(MaxContent);
    }

    /// <summary>
    /// Opens an entry of the timeline, a signal, or WebRTC signalling. An entry's version may be opened again, but not an older one; a signal's or signalling's
    /// version is taken once, and none after a newer one of the same author and item. Entries may be of an epoch that is over, the others may not.
    /// </summary>
    /// <param name="field">The field that <see cref="Seal"/> was given.</param>
    /// <param name="item">The item that <see cref="Seal"/> was given.</param>
    /// <param name="version">The version, as the server says.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="author">Who must have signed it.</param>
    /// <exception cref="ArgumentException">Another field.</exception>
    /// <exception cref="LoopException"><c>invalid_envelope</c>, <c>content_too_large</c>, <c>unknown_epoch</c>, <c>stale_epoch</c>, <c>wrong_key</c>, <c>tampered</c>, <c>forged_author</c>, <c>stale_version</c>.</exception>
    public OpenedEntry Open(EnvelopeField field, string item, long version, ReadOnlySpan<byte> envelope, MemberIdentity author)
    {
        ArgumentNullException.ThrowIfNull(author);
        CheckEntry(field);
        var binding = Received(new EnvelopeBinding(field, item, version, author.Id));
        var content = Open(binding, envelope, author, MaxContent, out var epoch);
        (EnvelopeFields.IsOnce(field) ? _signals : _entries).Accept(binding);
        return new OpenedEntry(content, epoch);
    }

    /// <summary>Whether an envelope could be opened with what is known, before it is asked by whom it is.</summary>
    /// <returns>The epoch of its key.</returns>
    /// <exception cref="LoopException"><c>invalid_envelope</c>, <c>unknown_epoch</c>, <c>stale_epoch</c>, <c>wrong_key</c>.</exception>
    internal int RequireKey(EnvelopeField field, ReadOnlySpan<byte> envelope)
    {
        var keys = Keys(envelope, field, out _);
        return keys.IsCommittedTo(EnvelopeLayout.Commitment(envelope)) ? keys.Epoch : throw CryptographyErrors.WrongKey();
    }

    /// <summary>Seals the announcement of a member: the public keys and the name to show. To be sent again after each rotation.</summary>
    /// <param name="member">The member's key.</param>
    /// <param name="displayName">The name to show: at most <see cref="MemberAnnouncement.MaxDisplayName"/> bytes of UTF-8.</param>
    /// <param name="version">The announcement's version: 1 to 2^53 − 1.</param>
    /// <exception cref="ArgumentException">No such name or version.</exception>
    public byte[] SealMember(MemberKey member, string displayName, long version)
    {
        ArgumentNullException.ThrowIfNull(member);
        var id = member.Identity.Id;
        return EnvelopeSealer.Seal(_keys.Current, Room, Checked(new EnvelopeBinding(EnvelopeField.Member, id, version, id)), MemberAnnouncement.Write(member.Identity, displayName), member);
    }

    /// <summary>Opens the announcement of a member. The keys in it belong to the id, whoever sent it: an id is a hash of its keys.</summary>
    /// <param name="memberId">The member's id, as the server says.</param>
    /// <param name="version">The announcement's version, as the server says.</param>
    /// <param name="envelope">The envelope.</param>
    /// <exception cref="LoopException"><c>invalid_envelope</c>, <c>invalid_key</c>, <c>content_too_large</c>, <c>unknown_epoch</c>, <c>wrong_key</c>, <c>tampered</c>, <c>forged_author</c>, <c>stale_version</c>.</exception>
    public MemberAnnouncement OpenMember(string memberId, long version, ReadOnlySpan<byte> envelope)
    {
        ArgumentNullException.ThrowIfNull(memberId);
        var binding = Received(new EnvelopeBinding(EnvelopeField.Member, memberId, version, memberId));
        CheckLength(envelope, MemberAnnouncement.MaxLength);
        var keys = Keys(envelope, binding.Field, out var signed);
        var announcement = EnvelopeSealer.OpenAnnouncement(keys, Room, binding, envelope, signed);

        // A member's devices announce it in each epoch, and need not know what versions the others gave before.
        _entries.Accept(binding, keys.Epoch);
        return announcement;
    }

    /// <summary>Seals the key of the next epoch for one member, with the key of this one. To be done for everybody who stays, before <see cref="Add"/>.</summary>
    /// <param name="next">The key of an epoch after this one, from <see cref="RoomKey.Next"/>.</param>
    /// <param name="recipient">The member.</param>
    /// <param name="author">Who rotates the key, and signs.</param>
    /// <exception cref="ArgumentException">The key is not of a later epoch.</exception>
    public byte[] SealRotation(RoomKey next, MemberIdentity recipient, MemberKey author)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(author);
        var current = _keys.Current;
        if (next.Epoch <= current.Epoch)
        {
            throw new ArgumentException("The key is not of a later epoch.", nameof(next));
        }

        var binding = new EnvelopeBinding(EnvelopeField.Rotation, recipient.Id, next.Epoch, author.Identity.Id);
        return EnvelopeSealer.Seal(current, Room, binding, RotationKey.Seal(Room, next, recipient), author);
    }

    /// <summary>Opens the key of the next epoch. It is not added yet: <see cref="Add"/> does that.</summary>
    /// <param name="epoch">The next epoch, as the server says.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="recipient">The member that it is for.</param>
    /// <param name="author">Who may rotate this room's key, and must have signed.</param>
    /// <exception cref="LoopException"><c>invalid_envelope</c>, <c>invalid_key</c>, <c>content_too_large</c>, <c>unknown_epoch</c>, <c>stale_epoch</c>, <c>wrong_key</c>, <c>tampered</c>, <c>forged_author</c>.</exception>
    public RoomKey OpenRotation(int epoch, ReadOnlySpan<byte> envelope, MemberKey recipient, MemberIdentity author)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(author);
        if (epoch <= Epoch)
        {
            throw CryptographyErrors.StaleEpoch(epoch, Epoch);
        }

        var binding = new EnvelopeBinding(EnvelopeField.Rotation, recipient.Identity.Id, epoch, author.Id);
        var content = Open(binding, envelope, author, RotationKey.Length, out _);
        return RotationKey.Open(Room, epoch, content, recipient);
    }

    /// <summary>Which room this is for, and nothing about its keys.</summary>
    public override string ToString() => $"{nameof(RoomCipher)} ({Room})";

    /// <summary>Zeroes all keys.</summary>
    public void Dispose() => _keys.Dispose();

    private byte[] Open(in EnvelopeBinding binding, ReadOnlySpan<byte> envelope, MemberIdentity author, int limit, out int epoch)
    {
        CheckLength(envelope, limit);
        var keys = Keys(envelope, binding.Field, out var signed);
        epoch = keys.Epoch;
        using var buffer = new PooledBytes(envelope.Length - EnvelopeLayout.Overhead);
        return EnvelopeSealer.Open(keys, Room, binding, envelope, signed, author, buffer.Span).ToArray();
    }

    private static PooledBytes DecodeContext(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var length = StrictBase64Url.DecodedLength(value.Length);
        if (length > EnvelopeLayout.Overhead + EnvelopeLayout.SignatureSize + RoomContext.MaxLength)
        {
            throw CryptographyErrors.TooLarge(RoomContext.MaxLength);
        }

        var buffer = new PooledBytes(Math.Max(length, 0));
        if (StrictBase64Url.TryDecode(value, buffer.Span))
        {
            return buffer;
        }

        buffer.Dispose();
        throw CryptographyErrors.InvalidEnvelope("it is no base64url");
    }

    private EpochKeys Keys(ReadOnlySpan<byte> envelope, EnvelopeField field, out bool signed) =>
        _keys.Find(EnvelopeLayout.ReadHead(envelope, out signed), EnvelopeFields.IsHistory(field));

    private void RaiseContextVersion(long version, bool isOpened = false)
    {
        for (var seen = ContextVersion; ; seen = ContextVersion)
        {
            if (version < seen && isOpened)
            {
                throw CryptographyErrors.StaleVersion(version, seen);
            }

            if (version <= seen || Interlocked.CompareExchange(ref _contextVersion, version, seen) == seen)
            {
                return;
            }
        }
    }

    private static void CheckEntry(EnvelopeField field)
    {
        if (field is not (EnvelopeField.Timeline or EnvelopeField.Signal or EnvelopeField.Signalling))
        {
            throw new ArgumentOutOfRangeException(nameof(field), field, "This field has methods of its own.");
        }
    }

    private static void CheckLength(ReadOnlySpan<byte> envelope, int limit)
    {
        if (envelope.Length > EnvelopeLayout.Overhead + EnvelopeLayout.SignatureSize + limit)
        {
            throw CryptographyErrors.TooLarge(limit);
        }
    }

    // What comes from the application is its mistake, what comes from the server is bad input.
    private static EnvelopeBinding Checked(in EnvelopeBinding binding) =>
        binding.IsValid ? binding : throw new ArgumentException("An item is at most 128 bytes of UTF-8, a version 1 to 2^53 - 1.", nameof(binding));

    private static EnvelopeBinding Received(in EnvelopeBinding binding) =>
        binding.IsValid ? binding : throw CryptographyErrors.InvalidEnvelope("its item or version is out of range");
}
