using System.Globalization;
using Loop.Sdk.Handshake;

namespace Loop.Sdk.Testing;

/// <summary>Credentials that a <see cref="LoopTestHost"/> takes at their word.</summary>
public static class FakeCredentials
{
    internal const string Scheme = "fake";

    /// <summary>Credentials of a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="expiresAt">When they expire, or null for never.</param>
    public static Credentials Of(string user, DateTimeOffset? expiresAt = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        return new Credentials(Scheme, expiresAt is { } time ? $"{time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)} {user}" : $" {user}");
    }

    /// <summary>Credentials that are refused.</summary>
    public static Credentials Refused { get; } = new(Scheme, "");
}
