using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>A member whose announcement was opened.</summary>
/// <param name="Identity">The keys.</param>
/// <param name="Name">The name, as it is shown.</param>
/// <param name="Epoch">The announcement's epoch.</param>
/// <param name="Version">The announcement's version in that epoch.</param>
internal sealed record KnownMember(MemberIdentity Identity, ShownName Name, int Epoch, long Version)
{
    /// <summary>Whether an announcement says nothing new.</summary>
    public bool IsAsNewAs(SealedMember other) => (Epoch, Version).CompareTo((other.Epoch, other.Version)) >= 0;
}
