namespace Loop.Sdk.Rooms;

/// <summary>What became of a room's context.</summary>
public enum ContextStatus
{
    /// <summary>The room has none.</summary>
    None,

    /// <summary>It was read.</summary>
    Readable,

    /// <summary>It could not be read, or is not to be believed: <see cref="ContextState.Code"/> says why. The room can be used all the same.</summary>
    Unreadable,
}
