using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Sessions;

/// <summary>What a session tells its owner. Never called with the session's lock held.</summary>
internal interface ISessionEvents
{
    /// <summary>There is something to send: take it until <see cref="Session.TryTake"/> says there is no more. Called once until then.</summary>
    /// <param name="alone">Whether there is nothing else under way that the output could share a message with.</param>
    void OnOutput(bool alone);

    /// <summary>The peer opens a stream. Returns its receiving end, or throws to refuse it.</summary>
    /// <exception cref="LoopException">The stream is refused with this error.</exception>
    SessionStream OnOpen(in OpenHeader header);

    /// <summary>The peer sent new credentials. Only called on a server.</summary>
    void OnAuth(Credentials credentials);

    /// <summary>The server answered to new credentials, or warned of their expiry. Only called on a client.</summary>
    void OnAuthResult(AuthResult result);

    /// <summary>The peer ends the connection.</summary>
    void OnGoAway(GoAway goAway);

    /// <summary>More is unacknowledged than may be, or a stream that must lose nothing has a subscriber that is too slow: the session is to be closed.</summary>
    void OnOverflow(LoopException reason);
}
