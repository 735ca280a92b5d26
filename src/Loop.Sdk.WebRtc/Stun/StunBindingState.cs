namespace Loop.Sdk.WebRtc.Stun;

/// <summary>Where a question to a STUN server stands.</summary>
internal enum StunBindingState
{
    New,
    Asking,
    Known,

    /// <summary>The server did not answer, or not with an address.</summary>
    Failed,
}
