namespace Loop.Sdk.Server.Presence;

/// <summary>What nodes send each other.</summary>
internal sealed record NodeMessage
{
    /// <summary>Who sends it: an id that is new for each start of a node.</summary>
    public required string Node { get; init; }

    /// <summary>The number of these changes; of the last ones before it, in a message without changes.</summary>
    public long Number { get; init; }

    /// <summary>What changed.</summary>
    public IReadOnlyList<NodeChange>? Changes { get; init; }

    /// <summary>A part of everything that the node has, after the changes of <see cref="Number"/> at least.</summary>
    public NodeWhole? Whole { get; init; }

    /// <summary>The node that is asked for everything.</summary>
    public string? Asks { get; init; }

    /// <summary>A member of another node that is to be removed there.</summary>
    public NodeKick? Kick { get; init; }

    /// <summary>An account to look at again.</summary>
    public NodeAccount? Account { get; init; }

    /// <summary>The node has just begun, and wants to know who else is there.</summary>
    public bool Greets { get; init; }

    /// <summary>The node ends. Its members have their grace.</summary>
    public bool Leaves { get; init; }
}
