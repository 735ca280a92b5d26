using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>A member whose announcement was opened.</summary>
/// <param name="Identity">The keys.</param>
/// <param name="Name">The name, as it is shown.</param>
/// <param name="Version">The announcement's version.</param>
internal sealed record KnownMember(MemberIdentity Identity, ShownName Name, long Version);
