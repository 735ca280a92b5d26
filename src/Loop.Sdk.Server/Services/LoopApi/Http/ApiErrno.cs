namespace Loop.Sdk.Server.LoopApi;

/// <summary>The numbers of the API's errors.</summary>
internal static class ApiErrno
{
    public const int InvalidToken = 105;
    public const int BadJson = 106;
    public const int InvalidParameters = 107;
    public const int MissingParameters = 108;
    public const int InvalidAuthToken = 110;
    public const int Expired = 111;
    public const int RequestTooLarge = 113;
    public const int ClientReachedCapacity = 121;
    public const int UserUnavailable = 122;
    public const int Backend = 201;
    public const int RoomFull = 202;
    public const int NotRoomParticipant = 203;
    public const int NoLongerSupported = 204;
    public const int Undefined = 999;
}
