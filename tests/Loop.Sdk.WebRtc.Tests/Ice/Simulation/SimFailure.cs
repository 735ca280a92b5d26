namespace Loop.Sdk.WebRtc.Ice.Simulation;

/// <summary>A schedule broke a promise.</summary>
internal sealed class SimFailure(string message) : Exception(message)
{
    public static void Unless(bool condition, string broken)
    {
        if (!condition)
        {
            throw new SimFailure(broken);
        }
    }
}
