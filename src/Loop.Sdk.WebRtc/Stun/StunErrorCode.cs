namespace Loop.Sdk.WebRtc.Stun;

/// <summary>The numbers in ERROR-CODE attributes (RFC 8489, section 14.8; RFC 8656, section 19; RFC 8445, section 16.2).</summary>
internal static class StunErrorCode
{
    public const int TryAlternate = 300;
    public const int Unauthenticated = 401;
    public const int Forbidden = 403;
    public const int UnknownAttribute = 420;
    public const int AllocationMismatch = 437;
    public const int StaleNonce = 438;
    public const int AddressFamilyNotSupported = 440;
    public const int WrongCredentials = 441;
    public const int UnsupportedTransport = 442;
    public const int PeerAddressFamilyMismatch = 443;
    public const int AllocationQuotaReached = 486;
    public const int RoleConflict = 487;
    public const int InsufficientCapacity = 508;
}
