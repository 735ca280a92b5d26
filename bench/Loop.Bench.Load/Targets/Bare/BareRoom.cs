namespace Loop.Bench.Load.Targets.Bare;

/// <summary>A room with its owner in it, as the API shows it.</summary>
internal sealed record BareRoom(
    string RoomToken, string RoomUrl, string RoomName, string RoomOwner, string? Context, int MaxSize, int ClientMaxSize, long CreationTime, long ExpiresAt, long Ctime, IReadOnlyList<BareParticipant> Participants)
{
    public static BareRoom Create(string token) => new(
        token, "https://hello.example/" + token, "Plans", "Ada", null, 2, 2, 1_900_000_000, 1_904_838_400, 1_900_000_000, [new BareParticipant(Guid.NewGuid().ToString(), "Ada", true)]);
}
