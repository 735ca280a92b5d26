using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Rooms;

/// <summary>What rooms write to the log. Never a key, a credential, or anything that was sealed; nor a room's token, since it gives access.</summary>
internal sealed partial class RoomsLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "Joined a room; again: {Again}.")]
    public partial void Joined(bool again);

    [LoggerMessage(2, LogLevel.Information, "No longer in a room: {Code}. Joining it again.")]
    public partial void Rejoining(string code);

    [LoggerMessage(3, LogLevel.Debug, "A room could not be joined now: {Code}. Trying again.")]
    public partial void JoinFailed(string code, Exception exception);

    [LoggerMessage(4, LogLevel.Information, "A room has ended for this client: {Code}.")]
    public partial void Ended(string code);

    [LoggerMessage(5, LogLevel.Warning, "A room's context was not read: {Code}.")]
    public partial void ContextRefused(string code);

    [LoggerMessage(6, LogLevel.Warning, "A member's announcement was not read: {Code}.")]
    public partial void MemberRefused(string code);

    [LoggerMessage(7, LogLevel.Warning, "A room has more than {Count} members announced: the others are not known.")]
    public partial void TooManyMembers(int count);

    [LoggerMessage(8, LogLevel.Information, "A room's key was changed: epoch {Epoch}.")]
    public partial void Rotated(int epoch);

    [LoggerMessage(9, LogLevel.Warning, "The key of a room's epoch {Epoch} was not received: {Code}.")]
    public partial void KeyRefused(int epoch, string code);

    [LoggerMessage(10, LogLevel.Warning, "This client could not be announced in a room: {Code}.")]
    public partial void AnnouncingFailed(string code, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "An entry of a timeline was not read: {Code}.")]
    public partial void EntryRefused(string code);

    [LoggerMessage(12, LogLevel.Warning, "A signal was not read: {Code}.")]
    public partial void SignalRefused(string code);

    [LoggerMessage(13, LogLevel.Warning, "A room could not be remembered.")]
    public partial void MemoryFailed(Exception exception);

    [LoggerMessage(14, LogLevel.Warning, "A room came to this client, which could not take it over: {Code}.")]
    public partial void TakeOverFailed(string code, Exception exception);

    [LoggerMessage(15, LogLevel.Warning, "What a room's feed said could not be used; it is read again.")]
    public partial void FollowingFailed(Exception exception);

    [LoggerMessage(16, LogLevel.Debug, "A room could not be left in time; it ends with the session.")]
    public partial void LeaveFailed(Exception exception);

    [LoggerMessage(17, LogLevel.Warning, "Signals of a peer are missing: what they were about begins anew.")]
    public partial void SignalsMissing();

    [LoggerMessage(18, LogLevel.Warning, "The host's ICE servers are not known: {Code}.")]
    public partial void IceServersMissing(string code);

    [LoggerMessage(19, LogLevel.Warning, "A peer could not be signalled to: {Code}.")]
    public partial void SignallingFailed(string code);

    [LoggerMessage(20, LogLevel.Warning, "A step of connecting to a peer failed: {Step}.")]
    public partial void NegotiationFailed(string step, Exception exception);

    [LoggerMessage(21, LogLevel.Warning, "A peer sent something that was dropped: {What}.")]
    public partial void PeerBroke(string what);

    [LoggerMessage(22, LogLevel.Information, "A peer is reached {Path} now.")]
    public partial void PathChanged(string path);

    [LoggerMessage(23, LogLevel.Warning, "A mesh has ended: {Code}.")]
    public partial void MeshEnded(string code, Exception exception);

    [LoggerMessage(24, LogLevel.Warning, "A mesh has {Count} peers, and connects to no more.")]
    public partial void TooManyPeers(int count);
}
