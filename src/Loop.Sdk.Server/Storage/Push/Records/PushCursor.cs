namespace Loop.Sdk.Server.Storage;

/// <summary>A place in what waits for an agent: messages of topics come first, then the others.</summary>
/// <param name="IsPlain">Whether it is among the others.</param>
/// <param name="Sequence">After this sequence.</param>
public readonly record struct PushCursor(bool IsPlain, long Sequence)
{
    /// <summary>Before all.</summary>
    public static PushCursor Start => default;
}
