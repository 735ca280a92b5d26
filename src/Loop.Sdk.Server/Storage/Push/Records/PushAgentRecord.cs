namespace Loop.Sdk.Server.Storage;

/// <summary>An agent: an installation of an application, or a browser.</summary>
public sealed record PushAgentRecord
{
    /// <summary>Its id. It is no secret, and gives no access.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is; null for a browser, which has no account here.</summary>
    public string? Account { get; init; }

    /// <summary>The hash of the secret by which it says that it is this one.</summary>
    public required ReadOnlyMemory<byte> SecretHash { get; init; }

    /// <summary>Since when it is known.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it was here last.</summary>
    public required long SeenAt { get; init; }
}
