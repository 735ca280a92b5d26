namespace Loop.Sdk.Calls;

/// <summary>How far the handler of a call is. Integers, since they change by compare and exchange.</summary>
internal static class CallPhase
{
    /// <summary>It has not begun.</summary>
    public const int Waiting = 0;

    public const int Running = 1;

    /// <summary>It runs although the call is over.</summary>
    public const int GivenUp = 2;

    public const int Ended = 3;
}
