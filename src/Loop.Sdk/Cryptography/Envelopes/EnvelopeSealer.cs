using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>Seals and opens <c>loop.v2</c> envelopes with the keys of one epoch.</summary>
internal static class EnvelopeSealer
{
    public static byte[] Seal(EpochKeys keys, string room, in EnvelopeBinding binding, ReadOnlySpan<byte> content, MemberKey? author)
    {
        var envelope = new byte[EnvelopeLayout.ContentAt(author is not null) + content.Length + Xaes256Gcm.TagSize];
        Seal(keys, room, binding, content, author, envelope);
        return envelope;
    }

    /// <param name="keys">The epoch's keys.</param>
    /// <param name="room">The room's token.</param>
    /// <param name="binding">Where the envelope belongs.</param>
    /// <param name="content">What to encrypt.</param>
    /// <param name="author">Who signs, or null.</param>
    /// <param name="envelope">Exactly as long as the envelope will be.</param>
    /// <param name="nonce">A nonce chosen by a test vector, or empty for a random one.</param>
    /// <param name="signature">A signature chosen by a test vector, or empty to sign.</param>
    public static void Seal(
        EpochKeys keys,
        string room,
        in EnvelopeBinding binding,
        ReadOnlySpan<byte> content,
        MemberKey? author,
        Span<byte> envelope,
        scoped ReadOnlySpan<byte> nonce = default,
        ReadOnlySpan<byte> signature = default)
    {
        Span<byte> random = stackalloc byte[Xaes256Gcm.NonceSize];
        if (nonce.IsEmpty)
        {
            RandomNumberGenerator.Fill(random);
            nonce = random;
        }

        EnvelopeLayout.WriteHead(envelope, author is not null, keys.Epoch, keys.Commitment, nonce);
        var associatedData = EnvelopeLayout.AssociatedData(envelope, room, binding, stackalloc byte[EnvelopeLayout.AssociatedDataBuffer]);
        if (author is not null)
        {
            var place = envelope.Slice(EnvelopeLayout.CiphertextAt, EnvelopeLayout.SignatureSize);
            if (signature.IsEmpty)
            {
                author.Sign(associatedData, content, place);
            }
            else
            {
                signature.CopyTo(place);
            }
        }

        content.CopyTo(envelope[EnvelopeLayout.ContentAt(author is not null)..]);
        var ciphertext = envelope[EnvelopeLayout.CiphertextAt..^Xaes256Gcm.TagSize];
        keys.Cipher(binding.Field).Encrypt(nonce, ciphertext, ciphertext, envelope[^Xaes256Gcm.TagSize..], associatedData);
    }

    /// <summary>Decrypts into the given memory, of the same length as the ciphertext or its own place, and checks the signature. Gives the content's part of it.</summary>
    /// <exception cref="LoopException"><c>wrong_key</c>, <c>tampered</c>, <c>forged_author</c>.</exception>
    public static Span<byte> Open(EpochKeys keys, string room, in EnvelopeBinding binding, ReadOnlySpan<byte> envelope, bool signed, MemberIdentity? author, Span<byte> plaintext)
    {
        CheckKey(keys, envelope);
        CheckIsSigned(signed, author);
        var associatedData = EnvelopeLayout.AssociatedData(envelope, room, binding, stackalloc byte[EnvelopeLayout.AssociatedDataBuffer]);
        Decrypt(keys, binding.Field, envelope, associatedData, plaintext);
        if (author is null)
        {
            return plaintext;
        }

        var content = plaintext[EnvelopeLayout.SignatureSize..];
        return author.IsSignedBy(associatedData, content, plaintext[..EnvelopeLayout.SignatureSize]) ? content : throw Refused(plaintext);
    }

    /// <summary>Opens a member's announcement, whose author is known only by what is in it.</summary>
    /// <exception cref="LoopException"><c>wrong_key</c>, <c>tampered</c>, <c>forged_author</c>, <c>invalid_key</c>, <c>invalid_envelope</c>.</exception>
    public static MemberAnnouncement OpenAnnouncement(EpochKeys keys, string room, in EnvelopeBinding binding, ReadOnlySpan<byte> envelope, bool signed)
    {
        using var buffer = new PooledBytes(envelope.Length - EnvelopeLayout.Overhead);
        var content = DecryptSigned(keys, room, binding, envelope, signed, buffer.Span);
        var announcement = MemberAnnouncement.Parse(content);
        if (!IsSignedBy(announcement.Identity, room, binding, envelope, buffer.Span))
        {
            announcement.Identity.Dispose();
            throw CryptographyErrors.ForgedAuthor();
        }

        return announcement;
    }

    /// <summary>
    /// Decrypts what is signed by keys that it may itself contain, and gives the content. Nothing of that is to be believed before <see cref="IsSignedBy"/> says so. May be
    /// done in the ciphertext's own place.
    /// </summary>
    /// <exception cref="LoopException"><c>wrong_key</c>, <c>tampered</c>, <c>forged_author</c>: it is not signed.</exception>
    public static Span<byte> DecryptSigned(EpochKeys keys, string room, in EnvelopeBinding binding, ReadOnlySpan<byte> envelope, bool signed, Span<byte> plaintext)
    {
        CheckKey(keys, envelope);
        if (!signed)
        {
            throw CryptographyErrors.ForgedAuthor();
        }

        var associatedData = EnvelopeLayout.AssociatedData(envelope, room, binding, stackalloc byte[EnvelopeLayout.AssociatedDataBuffer]);
        Decrypt(keys, binding.Field, envelope, associatedData, plaintext);
        return plaintext[EnvelopeLayout.SignatureSize..];
    }

    /// <summary>Whether what was decrypted is signed by the author that it was sealed for.</summary>
    public static bool IsSignedBy(MemberIdentity author, string room, in EnvelopeBinding binding, ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> plaintext) =>
        author.Id == binding.Author
        && author.IsSignedBy(
            EnvelopeLayout.AssociatedData(envelope, room, binding, stackalloc byte[EnvelopeLayout.AssociatedDataBuffer]),
            plaintext[EnvelopeLayout.SignatureSize..],
            plaintext[..EnvelopeLayout.SignatureSize]);

    // Before anything is decrypted: a key that the sender did not have must not get to say whether it fits.
    private static void CheckKey(EpochKeys keys, ReadOnlySpan<byte> envelope)
    {
        if (!keys.IsCommittedTo(EnvelopeLayout.Commitment(envelope)))
        {
            throw CryptographyErrors.WrongKey();
        }
    }

    // Whether there must be a signature is the reader's to say, not the envelope's.
    private static void CheckIsSigned(bool signed, MemberIdentity? author)
    {
        if (signed != author is not null)
        {
            throw CryptographyErrors.ForgedAuthor();
        }
    }

    private static void Decrypt(EpochKeys keys, EnvelopeField field, ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData, Span<byte> plaintext)
    {
        if (!keys.Cipher(field).TryDecrypt(
            EnvelopeLayout.Nonce(envelope),
            envelope[EnvelopeLayout.CiphertextAt..^Xaes256Gcm.TagSize],
            envelope[^Xaes256Gcm.TagSize..],
            plaintext,
            associatedData))
        {
            throw CryptographyErrors.Tampered();
        }
    }

    private static LoopException Refused(Span<byte> plaintext)
    {
        CryptographicOperations.ZeroMemory(plaintext);
        return CryptographyErrors.ForgedAuthor();
    }
}
