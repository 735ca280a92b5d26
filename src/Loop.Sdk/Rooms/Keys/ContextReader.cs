using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>Opens a room's context, and says why when it cannot.</summary>
internal sealed class ContextReader(RoomKeys keys, OwnerTrust trust)
{
    private int _epoch;

    /// <summary>The highest epoch that this client ever knew of the room: it is not to be led back behind it.</summary>
    public int SeenEpoch => Math.Max(Volatile.Read(ref _epoch), keys.Epoch);

    public void ExpectEpoch(int epoch) => Volatile.Write(ref _epoch, epoch);

    /// <summary>Why there is no key, if that is known.</summary>
    public string? Refusal { get; set; }

    /// <param name="room">The room, as the server says.</param>
    /// <param name="known">Gives members that are known already.</param>
    public ContextState Read(RoomInfo room, Func<string, MemberIdentity?> known)
    {
        if (room.Context is not { } context)
        {
            return ContextState.None;
        }

        try
        {
            return new ContextState
            {
                Status = ContextStatus.Readable,
                Value = Open(room, context, known),
                Author = context.Author,
                Version = context.Version,
            };
        }
        catch (LoopException error)
        {
            return ContextState.Unreadable(error.Code == ErrorCodes.NoKey ? Refusal ?? error.Code : error.Code, context);
        }
    }

    private RoomContext Open(RoomInfo room, SealedContext context, Func<string, MemberIdentity?> known)
    {
        if (context.Algorithm == EnvelopeAlgorithm.AesGcm && keys.Cipher is null)
        {
            return AesGcmEnvelope.OpenContext(keys.Original ?? throw CryptographyErrors.NoKey(), context.Value);
        }

        if (context.Algorithm != EnvelopeAlgorithm.LoopV2)
        {
            throw CryptographyErrors.InvalidEnvelope("it is of an unknown kind, or of one that the room's key is not for");
        }

        var cipher = keys.RequireCipher();
        if (room.Epoch < SeenEpoch)
        {
            throw CryptographyErrors.StaleEpoch(room.Epoch, SeenEpoch);
        }

        if (context.Author is not { } author)
        {
            // Whoever signs cannot be replaced by nobody.
            return trust.Owner is null ? cipher.OpenContext(context.Value, context.Version) : throw CryptographyErrors.ForgedAuthor();
        }

        var opened = cipher.OpenContext(context.Value, context.Version, author, known(author), document => trust.Accepts(author, document));
        trust.Set(author);
        return opened;
    }
}
