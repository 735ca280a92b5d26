namespace Loop.Sdk.Server.Availability;

/// <summary>Checks the parts of requests.</summary>
internal static class AvailabilityRequests
{
    private const int LongestId = 128;

    public static string Application(string? application) =>
        RequestCheck.IsVisible(application, 1, LongestId) ? application : throw RequestCheck.Invalid("The application's id is malformed.");

    public static string Person(string? person) => RequestCheck.IsVisible(person, 1, LongestId) ? person : throw RequestCheck.Invalid("The person's id is malformed.");
}
