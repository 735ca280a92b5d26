namespace Loop.Sdk.WebRtc.Negotiation;

internal static class SimCheck
{
    public static void That(bool condition, string message)
    {
        if (!condition)
        {
            throw new AssertFailedException(message);
        }
    }
}
