namespace Loop.Sdk.WebRtc.Stun;

/// <summary>What a STUN message is (RFC 8489, section 5), as its two bits are read together.</summary>
internal enum StunClass
{
    Request = 0,
    Indication = 1,
    Success = 2,
    Error = 3,
}
