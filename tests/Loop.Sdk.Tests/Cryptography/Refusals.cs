namespace Loop.Sdk.Cryptography;

internal static class Refusals
{
    /// <summary>The code that the action is refused with.</summary>
    public static string CodeOf(Action action) => Assert.ThrowsExactly<LoopException>(action).Code;

    /// <summary>The code that the action is refused with, or null.</summary>
    public static string? TryCodeOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (LoopException error)
        {
            return error.Code;
        }
    }
}
