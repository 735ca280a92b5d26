using Loop.Sdk.Channels;
using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>Opens entries. One that cannot be opened says why, and stops nothing.</summary>
internal sealed class EntryReader(RoomScope scope)
{
    private readonly EntryGuard _guard = new();

    /// <exception cref="LoopException">The server could not be asked for keys or members, but for the moment: to be tried again.</exception>
    public async ValueTask<IReadOnlyList<TimelineEntry>> OpenAsync(IReadOnlyList<SealedEntry> entries, CancellationToken cancellationToken)
    {
        var opened = new List<TimelineEntry>(Received.Whole(entries).Count);
        foreach (var entry in entries)
        {
            opened.Add(await OpenAsync(entry, cancellationToken).ConfigureAwait(false));
        }

        return opened;
    }

    private async ValueTask<TimelineEntry> OpenAsync(SealedEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Deleted)
        {
            var author = scope.Members.Find(entry.Author);
            return Unread(entry) with { Status = EntryStatus.Deleted, Code = null, AuthorName = author?.Name.Text ?? "", ReplyTo = entry.ReplyTo };
        }

        try
        {
            var epoch = await scope.Epochs.RequireKeyAsync(EnvelopeField.Timeline, entry.Envelope, cancellationToken).ConfigureAwait(false);
            var author = await scope.TryFindAsync(entry.Author, epoch, cancellationToken).ConfigureAwait(false);
            var identity = entry.Author == scope.Self.Id ? scope.Self.Key.Identity : author?.Identity ?? throw CryptographyErrors.UnknownAuthor();
            return Open(entry, identity, author?.Name.Text ?? (entry.Author == scope.Self.Id ? scope.Self.Name : ""));
        }
        catch (LoopException error) when (!RoomCodes.IsPassing(error) && !RoomCodes.IsOut(error))
        {
            scope.Services.Log.EntryRefused(error.Code);
            return Unread(entry) with { Code = error.Code };
        }
    }

    private TimelineEntry Open(SealedEntry entry, MemberIdentity author, string name)
    {
        var opened = scope.Keys.RequireCipher().Open(EnvelopeField.Timeline, entry.Key, entry.Version, entry.Envelope.Span, author);
        var document = EntryDocument.Read(opened.Content);
        if (document.Kind != entry.Kind)
        {
            throw CryptographyErrors.Tampered();
        }

        var isLate = _guard.Accept(entry, opened.Epoch);
        return Unread(entry) with
        {
            Status = EntryStatus.Readable,
            Code = null,
            AuthorName = name,
            ReplyTo = ReplyTo(entry, document),
            ReplyToAuthor = document.ReplyToAuthor,
            ReplyToKey = document.ReplyToKey,
            Epoch = opened.Epoch,
            IsLate = isLate,
            Content = document.Body,
        };
    }

    // The author names what is answered; where that is, this client knows best, and else the server.
    private long? ReplyTo(SealedEntry entry, EntryDocument document) =>
        document is { ReplyToAuthor: { } author, ReplyToKey: { } key } ? _guard.Find(author, key) ?? entry.ReplyTo : null;

    private TimelineEntry Unread(SealedEntry entry) => new()
    {
        Sequence = entry.Sequence,
        Id = entry.Id,
        Status = EntryStatus.Unreadable,
        Author = entry.Author,
        IsMine = entry.Author == scope.Self.Id,
        Key = entry.Key,
        Kind = entry.Kind,
        CreatedAt = entry.CreatedAt,
        EditedAt = entry.EditedAt,
        Version = entry.Version,
    };
}
