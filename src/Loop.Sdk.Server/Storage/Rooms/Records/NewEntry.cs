namespace Loop.Sdk.Server.Storage;

/// <summary>An entry for the end of a timeline.</summary>
public sealed record NewEntry
{
    /// <summary>The room's token.</summary>
    public required string Room { get; init; }

    /// <summary>The author's member id.</summary>
    public required string Author { get; init; }

    /// <summary>The author's own name for the entry, the item of its envelope: sent again under the same one, it is not added twice.</summary>
    public required string Key { get; init; }

    /// <summary>What it is: <c>chat</c>, <c>page</c>, or the application's own.</summary>
    public required string Kind { get; init; }

    /// <summary>The envelope.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The sequence of the entry that it answers; it need not be there any more.</summary>
    public long? ReplyTo { get; init; }
}
