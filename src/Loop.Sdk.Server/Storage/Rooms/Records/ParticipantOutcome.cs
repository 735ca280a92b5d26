namespace Loop.Sdk.Server.Storage;

/// <summary>How a write to a participation ended.</summary>
public enum ParticipantOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>There is no such participation.</summary>
    NotFound,

    /// <summary>The participation has expired; join again.</summary>
    Expired,
}
