namespace Loop.Sdk.Server.WebRtc;

/// <summary>A secret that the host shares with a TURN server.</summary>
/// <param name="Value">The secret, 1 to 1024 characters.</param>
/// <param name="From">From when on it is used; null for from the beginning. Give the TURN server both secrets before that, and take the older one away a credential's lifetime after.</param>
public sealed record TurnSecret(string Value, DateTimeOffset? From = null)
{
    /// <summary>From when on, and nothing of the secret.</summary>
    public override string ToString() => $"{nameof(TurnSecret)} from {From}";
}
