namespace Loop.Sdk.Server.LoopApi;

/// <summary>Says whose credentials clients register with, in the place of the original's BrowserID, and whom they call. Safe for concurrent use.</summary>
/// <remarks>Without one among the services, the host's <see cref="ICredentialValidator"/>s are asked, and callees are named by their accounts.</remarks>
public interface ILoopHttpIdentity
{
    /// <summary>Whose credentials these are.</summary>
    /// <param name="credentials">What stands in the header Authorization; its scheme is <c>bearer</c> or <c>browserid</c>. Not to be logged.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account, as on the channel: 1 to 256 characters. Null refuses the client.</returns>
    /// <exception cref="LoopException">It cannot be found out now: the client gets status 503.</exception>
    ValueTask<string?> IdentifyAsync(Credentials credentials, CancellationToken cancellationToken);

    /// <summary>Which account a callee is.</summary>
    /// <param name="callee">What the caller gave.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account, or null if there is none.</returns>
    ValueTask<string?> FindAsync(LoopCallee callee, CancellationToken cancellationToken);

    /// <summary>Whether callers can be identified now, for the heartbeat.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<bool> IsHealthyAsync(CancellationToken cancellationToken);
}
