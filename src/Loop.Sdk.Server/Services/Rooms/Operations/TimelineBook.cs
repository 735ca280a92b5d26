using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Reads and writes timelines.</summary>
internal sealed class TimelineBook(RoomsCore core, SessionAccess access, MemberBook members)
{
    // How many entries there may be beyond those that are kept, so that not every one costs the removal of another.
    private const int PruneEvery = 64;

    public async Task<EntryReceipt> AppendAsync(AppendEntry entry, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(entry).Token);
        RequestChecks.Id(entry.Author, RequestLimits.MaxMember, "author");
        RequestChecks.Id(entry.Key, RequestLimits.MaxKey, "key");
        RequestChecks.Id(entry.Kind, RequestLimits.MaxKind, "kind");
        RequestChecks.Range(entry.ReplyTo ?? 1, 1, long.MaxValue, "answered entry");
        RequestChecks.Envelope(entry.Envelope, core.Options.MaxEntry);
        var user = await access.RequireUserAsync(token, cancellationToken).ConfigureAwait(false);
        await RequireMemberAsync(token, entry.Author, user, cancellationToken).ConfigureAwait(false);
        var added = new NewEntry { Room = token, Author = entry.Author, Key = entry.Key, Kind = entry.Kind, Payload = entry.Envelope, ReplyTo = entry.ReplyTo };
        var result = await core.Storage.Timelines.AppendAsync(added, core.Now, cancellationToken).ConfigureAwait(false);
        if (result.Outcome == EntryOutcome.Done)
        {
            core.Metrics.Appended();
            if (result.Entry!.Sequence % PruneEvery == 0)
            {
                await PruneAsync(token).ConfigureAwait(false);
            }
        }

        return Receipt(token, result, ErrorCodes.RoomNotFound);
    }

    public async Task<EntryReceipt> EditAsync(EditEntry edit, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(edit).Token);
        RequestChecks.Version(edit.Version);
        RequestChecks.Envelope(edit.Envelope, core.Options.MaxEntry);
        var user = await access.RequireUserAsync(token, cancellationToken).ConfigureAwait(false);
        var entry = await FindAsync(token, edit.Sequence, cancellationToken).ConfigureAwait(false);
        await RequireMemberAsync(token, entry.Author, user, cancellationToken).ConfigureAwait(false);
        var change = new EntryEdit(token, edit.Sequence, edit.Version, edit.Envelope);
        return Receipt(token, await core.Storage.Timelines.EditAsync(change, core.Now, cancellationToken).ConfigureAwait(false), ErrorCodes.EntryNotFound);
    }

    public async Task<EntryReceipt> DeleteAsync(EntryRef entry, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(entry).Token);
        var user = await access.RequireUserAsync(token, cancellationToken).ConfigureAwait(false);
        var found = await FindAsync(token, entry.Sequence, cancellationToken).ConfigureAwait(false);
        if (!access.IsOwn(await core.FindAsync(token, cancellationToken).ConfigureAwait(false)))
        {
            await RequireMemberAsync(token, found.Author, user, cancellationToken).ConfigureAwait(false);
        }

        return Receipt(
            token, await core.Storage.Timelines.DeleteAsync(token, entry.Sequence, core.Now, cancellationToken).ConfigureAwait(false), ErrorCodes.EntryNotFound);
    }

    public async Task<EntriesPage> PageAsync(PageQuery query, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(query).Token);
        RequestChecks.Range(query.Limit, 1, RequestLimits.MaxPage, "limit");
        await access.RequireUserAsync(token, cancellationToken).ConfigureAwait(false);
        var page = await core.Storage.Timelines.ReadBackAsync(token, query.Before ?? long.MaxValue, query.Limit, cancellationToken).ConfigureAwait(false);
        return EntryPages.Of(page ?? throw RoomErrors.NotFound());
    }

    public Task SignalAsync(SendSignal signal)
    {
        var token = RequestChecks.Token(RequestChecks.Request(signal).Token);
        RequestChecks.Id(signal.Kind, RequestLimits.MaxKind, "kind");
        RequestChecks.Version(signal.Version);
        RequestChecks.Envelope(signal.Envelope, core.Options.MaxSignal);
        var participation = access.RequireParticipation(token);
        var author = participation.Member ?? throw RoomErrors.MemberTaken();
        participation.Room.Signals.Publish(new SealedSignal { Author = author, Kind = signal.Kind, Version = signal.Version, Envelope = signal.Envelope });
        core.Metrics.Signalled();
        return Task.CompletedTask;
    }

    private async ValueTask RequireMemberAsync(string token, string member, string user, CancellationToken cancellationToken)
    {
        if (!await members.IsOfAsync(token, member, user, cancellationToken).ConfigureAwait(false))
        {
            throw RoomErrors.MemberTaken();
        }
    }

    private async ValueTask<EntryRecord> FindAsync(string token, long sequence, CancellationToken cancellationToken)
    {
        RequestChecks.Range(sequence, 1, long.MaxValue, "sequence");
        return await core.Storage.Timelines.GetAsync(token, sequence, cancellationToken).ConfigureAwait(false) ?? throw RoomErrors.Of(ErrorCodes.EntryNotFound);
    }

    private EntryReceipt Receipt(string token, EntryResult result, string notFound)
    {
        if (result.Outcome is EntryOutcome.NotFound or EntryOutcome.Conflict)
        {
            throw RoomErrors.Of(result.Outcome == EntryOutcome.NotFound ? notFound : ErrorCodes.EntryConflict);
        }

        if (result.Outcome == EntryOutcome.Done)
        {
            core.Live.Find(token)?.Timeline.Advance();
        }

        return RoomViews.Receipt(result.Entry!, result.Outcome == EntryOutcome.AlreadyDone);
    }

    private async ValueTask PruneAsync(string token)
    {
        try
        {
            await core.Storage.Timelines.PruneAsync(token, core.Options.TimelineCount, 0, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LoopException error)
        {
            // The entry is there: whoever added it need not hear of this.
            core.Log.PruneFailed(error);
        }
    }
}
