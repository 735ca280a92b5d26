namespace Loop.Sdk.Server.LoopApi;

/// <summary>Ends the handling of a request with a refusal.</summary>
#pragma warning disable CA1064 // It never leaves this folder.
internal sealed class ApiException(int status, int errno, string error) : Exception(error)
#pragma warning restore CA1064
{
    public int Status => status;

    public int Errno => errno;

    /// <summary>The header WWW-Authenticate, or null.</summary>
    public string? Challenge { get; init; }

    /// <summary>Whether the body's error is an object, as it is when Hawk refuses.</summary>
    public bool IsOfHawk { get; init; }
}
