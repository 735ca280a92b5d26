namespace Loop.Sdk.Server.Storage;

/// <summary>Which announcements are kept: the rule that all stores share.</summary>
internal static class MemberRules
{
    /// <summary>Decides.</summary>
    /// <param name="member">The announcement.</param>
    /// <param name="known">The member's announcement in the same epoch.</param>
    /// <param name="isTaken">Whether the member is somebody else's, in any epoch.</param>
    /// <param name="ofEpoch">How many announcements the epoch has.</param>
    /// <param name="ofUser">How many of them are the user's.</param>
    public static MemberOutcome Decide(MemberRecord member, MemberRecord? known, bool isTaken, long ofEpoch, long ofUser)
    {
        if (isTaken)
        {
            return MemberOutcome.Taken;
        }

        if (known is null)
        {
            return ofEpoch >= RoomStorageLimits.MaxMembers || ofUser >= RoomStorageLimits.MaxMembersOfUser ? MemberOutcome.Full : MemberOutcome.Done;
        }

        return member.Version > known.Version ? MemberOutcome.Done
            : member.Version == known.Version && member.Announcement.Span.SequenceEqual(known.Announcement.Span) ? MemberOutcome.AlreadyDone
            : MemberOutcome.Stale;
    }

    /// <summary>Why somebody with such an announcement does not join, or null if that is no reason.</summary>
    public static JoinOutcome? Refusal(MemberOutcome outcome) => outcome switch
    {
        MemberOutcome.Taken => JoinOutcome.MemberTaken,
        MemberOutcome.Stale => JoinOutcome.MemberStale,
        MemberOutcome.Full => JoinOutcome.MembersFull,
        _ => null,
    };
}
