namespace Loop.Sdk.Server.Availability;

/// <summary>What callers are told.</summary>
internal static class AvailabilityErrors
{
    public static LoopException Of(string code) => new(code, code switch
    {
        ErrorCodes.AccountRequired => "This needs an account.",
        ErrorCodes.ApplicationRequired => "This is for applications.",
        ErrorCodes.ApplicationNotFound => "There is no such application.",
        ErrorCodes.TooManyGrants => "The account granted as many applications as it may.",
        _ => "Nobody granted that id to this application.",
    });
}
