namespace Loop.Sdk.WebRtc;

/// <summary>A signal that was not taken, since it is not what somebody in the room signalled: changed, repeated, in the wrong order, or for somebody else.</summary>
/// <param name="ParticipantId">The participation that the server said it was from.</param>
/// <param name="Code">What was wrong, with the codes of encryption: <c>tampered</c>, <c>stale_version</c>, <c>forged_author</c> and others.</param>
public sealed record RefusedSignal(string ParticipantId, string Code);
