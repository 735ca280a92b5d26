namespace Loop.Sdk.Server.Storage;

/// <summary>What is counted for an account.</summary>
internal sealed class AgentCounters
{
    /// <summary>The offset of the last change.</summary>
    public long Head { get; set; }

    /// <summary>The offset before which positions need a snapshot.</summary>
    public long Floor { get; set; }

    /// <summary>The number of the last place.</summary>
    public long Places { get; set; }

    /// <summary>The number of the last session.</summary>
    public long Sessions { get; set; }

    /// <summary>How many sessions are open.</summary>
    public long Open { get; set; }

    /// <summary>How many places are starred.</summary>
    public long Stars { get; set; }
}
