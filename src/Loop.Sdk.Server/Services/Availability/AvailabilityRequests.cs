using System.Diagnostics.CodeAnalysis;

namespace Loop.Sdk.Server.Availability;

/// <summary>Checks the parts of requests.</summary>
internal static class AvailabilityRequests
{
    private const int LongestId = 128;

    /// <summary>JSON may say null where a request is expected.</summary>
    public static T Request<T>([NotNull] T? request)
        where T : class => request ?? throw AvailabilityErrors.Invalid("The request is missing.");

    /// <summary>JSON may give an enumeration as a number, and that any.</summary>
    public static T Enum<T>(T value)
        where T : struct, Enum => System.Enum.IsDefined(value) ? value : throw AvailabilityErrors.Invalid("The value is none of those that there are.");

    public static string Application(string? application) => IsId(application) ? application : throw AvailabilityErrors.Invalid("The application's id is malformed.");

    public static string Person(string? person) => IsId(person) ? person : throw AvailabilityErrors.Invalid("The person's id is malformed.");

    private static bool IsId([NotNullWhen(true)] string? id) => id is { Length: > 0 and <= LongestId } && !id.AsSpan().ContainsAnyExceptInRange('!', '~');
}
