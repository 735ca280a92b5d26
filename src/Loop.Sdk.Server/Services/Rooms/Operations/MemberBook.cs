using System.Runtime.CompilerServices;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Who members are, and what rotations left for them.</summary>
internal sealed class MemberBook(RoomsCore core, SessionAccess access)
{
    public static void Check(SealedMember member)
    {
        RequestChecks.Id(RequestChecks.Request(member).Member, RequestLimits.MaxMember, "member");
        RequestChecks.Epoch(member.Epoch);
        RequestChecks.Version(member.Version);
        RequestChecks.Envelope(member.Envelope, RequestLimits.MaxAnnouncement);
    }

    public static MemberRecord Record(string token, string user, SealedMember member) => new(token, member.Epoch, member.Member, user, member.Version, member.Envelope);

    public async Task AnnounceAsync(AnnounceMember member, CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(member).Token);
        Check(member.Announcement);
        var participation = access.ParticipationIn(token);
        var user = await access.RequireUserAsync(token, cancellationToken).ConfigureAwait(false);
        var room = await core.FindAsync(token, cancellationToken).ConfigureAwait(false);
        if (member.Announcement.Epoch != room.Epoch)
        {
            throw RoomErrors.Of(ErrorCodes.StaleEpoch);
        }

        var now = core.Now;
        var outcome = await core.Storage.Members.AnnounceAsync(Record(token, user, member.Announcement), participation?.Id, now, cancellationToken).ConfigureAwait(false);
        if (outcome is not (MemberOutcome.Done or MemberOutcome.AlreadyDone))
        {
            throw RoomErrors.Of(outcome);
        }

        if (participation is not null)
        {
            participation.SetMember(member.Announcement.Member);
            participation.Room.Announced(participation.Id);
            core.Changed(token, room.Owner, now);
        }
    }

    public async IAsyncEnumerable<MemberInfo> ListAsync(MembersQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(query).Token);
        RequestChecks.Epoch(query.Epoch);
        var user = await access.RequireUserAsync(token, cancellationToken).ConfigureAwait(false);
        foreach (var member in await core.Storage.Members.ListAsync(token, query.Epoch, cancellationToken).ConfigureAwait(false))
        {
            yield return new MemberInfo(RoomViews.Of(member), member.User == user);
        }
    }

    public async IAsyncEnumerable<KeyNotice> ListNoticesAsync(NoticesQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var token = RequestChecks.Token(RequestChecks.Request(query).Token);
        var member = RequestChecks.Id(query.Member, RequestLimits.MaxMember, "member");
        RequestChecks.Epoch(query.SinceEpoch);
        await access.RequireUserAsync(token, cancellationToken).ConfigureAwait(false);
        foreach (var notice in await core.Storage.Members.ListNoticesAsync(token, member, query.SinceEpoch, cancellationToken).ConfigureAwait(false))
        {
            yield return RoomViews.Of(notice);
        }
    }

    /// <summary>Whether a member was announced by this account or guest.</summary>
    public async ValueTask<bool> IsOfAsync(string token, string member, string user, CancellationToken cancellationToken) =>
        (access.ParticipationIn(token) is { } participation && participation.User == user && participation.Member == member)
        || (await core.Storage.Members.FindAsync(token, member, cancellationToken).ConfigureAwait(false))?.User == user;
}
