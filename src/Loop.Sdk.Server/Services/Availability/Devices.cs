using System.Globalization;
using System.Text.Json;
using Loop.Sdk.Presence;

namespace Loop.Sdk.Server.Availability;

/// <summary>
/// An account's devices. They are members of a scope of the server's own, so that they have the grace of any member, vanish with their node, and are known to every other one.
/// </summary>
internal static class Devices
{
    private const string State = "state";
    private const string Since = "since";

    public static JsonElement Write(AvailabilityState state, DateTimeOffset since) =>
        JsonElement.Parse(string.Create(CultureInfo.InvariantCulture, $$"""{"{{State}}":{{(int)state}},"{{Since}}":{{since.ToUnixTimeMilliseconds()}}}"""));

    public static DeviceAvailability Read(PresenceMember member)
    {
        var data = member.Data!.Value;
        return new(member.User, (AvailabilityState)data.GetProperty(State).GetInt32(), DateTimeOffset.FromUnixTimeMilliseconds(data.GetProperty(Since).GetInt64()));
    }

    /// <summary>What all of an account comes to. Who has no device is not there, whatever they said.</summary>
    public static AvailabilityState Merge(IReadOnlyCollection<DeviceAvailability> devices, StatusMode mode) => mode switch
    {
        _ when devices.Count == 0 => AvailabilityState.Unavailable,
        StatusMode.Automatic => devices.Max(static device => device.State),
        StatusMode.Away => AvailabilityState.Away,
        _ => AvailabilityState.Unavailable,
    };
}
