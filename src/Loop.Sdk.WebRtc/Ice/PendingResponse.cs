using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>An answer that waits to be written.</summary>
/// <param name="Credentials">Whose password authenticates it.</param>
/// <param name="Socket">The socket to send from.</param>
/// <param name="To">Where the check came from, which is also what the answer says.</param>
/// <param name="Id">The check's transaction.</param>
/// <param name="Error">The error, or 0 for success.</param>
/// <param name="Unknown">Of error 420, an attribute that was not understood.</param>
internal readonly record struct PendingResponse(IceCredentials Credentials, int Socket, TransportAddress To, TransactionId Id, int Error, ushort Unknown);
