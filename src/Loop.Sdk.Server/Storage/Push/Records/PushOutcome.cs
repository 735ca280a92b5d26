namespace Loop.Sdk.Server.Storage;

/// <summary>How a message ended.</summary>
public enum PushOutcome
{
    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>The receiver could not decrypt it.</summary>
    DecryptionFailed,

    /// <summary>The receiver got it, and nobody there wanted it.</summary>
    NotDelivered,

    /// <summary>It expired before.</summary>
    Expired,

    /// <summary>The subscription ended before.</summary>
    Unsubscribed,
}
