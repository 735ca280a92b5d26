namespace Loop.Sdk.WebRtc.Stun;

/// <summary>The methods of RFC 8489 and RFC 8656.</summary>
internal enum StunMethod
{
    Binding = 0x001,
    Allocate = 0x003,
    Refresh = 0x004,
    Send = 0x006,
    Data = 0x007,
    CreatePermission = 0x008,
    ChannelBind = 0x009,
}
