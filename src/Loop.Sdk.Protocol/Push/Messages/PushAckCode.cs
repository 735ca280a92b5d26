namespace Loop.Sdk.Push;

/// <summary>What came of a message at its receiver, as Mozilla's protocol numbers it.</summary>
public enum PushAckCode
{
    /// <summary>The application has it.</summary>
    Delivered = 100,

    /// <summary>It could not be decrypted.</summary>
    DecryptionFailed = 101,

    /// <summary>It was not delivered for another reason: the application did not want it, or failed.</summary>
    NotDelivered = 102,
}
