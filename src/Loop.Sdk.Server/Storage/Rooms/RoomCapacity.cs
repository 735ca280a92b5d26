namespace Loop.Sdk.Server.Storage;

/// <summary>Who gets a seat in a room: the rule that all stores share.</summary>
public static class RoomCapacity
{
    /// <summary>Decides. A seat is always kept for the owner; each client's own limit counts for all; the user's own other devices do not count, but are bounded.</summary>
    /// <param name="room">The room, which has not expired.</param>
    /// <param name="present">Who is in it, without those whose participations have expired.</param>
    /// <param name="join">Who wants to join.</param>
    /// <returns><see cref="JoinOutcome.Joined"/>, <see cref="JoinOutcome.Full"/>, <see cref="JoinOutcome.TooManyForClient"/> or <see cref="JoinOutcome.Locked"/>.</returns>
    public static JoinOutcome Decide(RoomRecord room, IEnumerable<ParticipantRecord> present, RoomJoin join)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(join);
        var others = 0;
        var devices = 0;
        var size = room.MaxSize;
        var ownerIsIn = join.User == room.Owner;
        var isIn = ownerIsIn;
        foreach (var participant in present)
        {
            if (participant.User == join.User)
            {
                isIn = true;
                devices += participant.Session == join.Session ? 0 : 1;
                continue;
            }

            others++;
            size = Math.Min(size, participant.ClientMaxSize);
            ownerIsIn |= participant.User == room.Owner;
        }

        if (room.Locked && !isIn)
        {
            return JoinOutcome.Locked;
        }

        var seats = size - others - (ownerIsIn ? 0 : 1);
        return seats <= 0 || devices > RoomStorageLimits.MaxDevices ? JoinOutcome.Full
            : join.ClientMaxSize <= others ? JoinOutcome.TooManyForClient
            : JoinOutcome.Joined;
    }
}
