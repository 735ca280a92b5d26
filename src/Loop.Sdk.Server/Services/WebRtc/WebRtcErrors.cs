namespace Loop.Sdk.Server.WebRtc;

/// <summary>The refusals of <c>loop.webrtc/1</c> that are not those of rooms.</summary>
internal static class WebRtcErrors
{
    public static LoopException Of(string code) => new(code, code switch
    {
        ErrorCodes.NoPath => "The other participant did not come, or nothing is relayed here.",
        ErrorCodes.ResourceExhausted => "The session has as many relays as it may have.",
        ErrorCodes.RateLimited => "The session signals too often.",
        ErrorCodes.PeerNotFound => "Nobody in the room has that participation.",
        _ => "There is a relay with that link.",
    })
    {
        Retryable = code == ErrorCodes.RateLimited,
    };
}
