using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Server.Rooms;

/// <summary>One session's calls to <c>loop.timeline/1</c>.</summary>
internal sealed class TimelineHandler : ITimeline
{
    private readonly RoomsCore _core;
    private readonly SessionAccess _access;
    private readonly TimelineBook _timelines;

    public TimelineHandler(RoomsCore core, LoopSession session)
    {
        _core = core;
        _access = new SessionAccess(core, core.Sessions.Of(session));
        _timelines = new TimelineBook(core, _access, new MemberBook(core, _access));
    }

    public Task<EntryReceipt> AppendAsync(AppendEntry entry, CancellationToken cancellationToken) => _timelines.AppendAsync(entry, cancellationToken);

    public Task<EntryReceipt> EditAsync(EditEntry edit, CancellationToken cancellationToken) => _timelines.EditAsync(edit, cancellationToken);

    public Task<EntryReceipt> DeleteAsync(EntryRef entry, CancellationToken cancellationToken) => _timelines.DeleteAsync(entry, cancellationToken);

    public Task<EntriesPage> PageAsync(PageQuery query, CancellationToken cancellationToken) => _timelines.PageAsync(query, cancellationToken);

    public IFeed<EntriesPage, EntriesChange> Changes(RoomRef room)
    {
        var token = RequestChecks.Token(RequestChecks.Request(room).Token);
        return new GatedFeed<EntriesPage, EntriesChange>(cancellationToken => _access.OpenAsync(token, static live => live.Timeline, isWatcher: false, cancellationToken));
    }

    public Task SignalAsync(SendSignal signal, CancellationToken cancellationToken) => _timelines.SignalAsync(signal);

    public IAsyncEnumerable<SealedSignal> SignalsAsync(RoomRef room, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(room).Token);
        return new SignalStream(_core.Live, () => _access.RequireParticipation(token));
    }
}
