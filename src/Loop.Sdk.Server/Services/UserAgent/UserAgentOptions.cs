namespace Loop.Sdk.Server.UserAgent;

/// <summary>How user agents' state behaves. Checked when the host starts: a value out of range stops it with an <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>.</summary>
public sealed class UserAgentOptions
{
    /// <summary>Bytes of UTF-8 of a page's text. 1 KiB to 1 MiB; 1 MiB by default.</summary>
    public int MaxText { get; set; } = 1024 * 1024;

    /// <summary>How many sessions of an account may be open. 1 to 1 000 000; 10 000 by default.</summary>
    public int MaxOpenSessions { get; set; } = 10_000;

    /// <summary>How many stars an account may have. 1 to 1 000 000; 100 000 by default.</summary>
    public int MaxStars { get; set; } = 100_000;

    /// <summary>How many places the feed of history holds: those that were visited last. 1 to 10 000; 500 by default.</summary>
    public int HistoryWindow { get; set; } = 500;

    /// <summary>How many places the feed of top sites holds. 1 to 500; 20 by default.</summary>
    public int TopSitesWindow { get; set; } = 20;

    /// <summary>How many changes a client that was away is told one by one; after more it gets the state. 1 to 100 000; 1 000 by default.</summary>
    public int MaxCatchUp { get; set; } = 1000;

    /// <summary>How long the keys of writes are known. 1 day to 30 days; 2 days by default.</summary>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromDays(2);

    /// <summary>How often keys that are too old are removed. 1 minute to 1 day; 10 minutes by default.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a body of the HTTP routes may take to arrive. 100 ms to 10 minutes; 10 s by default.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many WebSockets of the original protocol an account may have. 1 to 10 000; 64 by default.</summary>
    public int MaxLegacySockets { get; set; } = 64;

    /// <summary>How many bytes a file that is imported may have. 1 KiB to 16 GiB; 1 GiB by default.</summary>
    public long MaxImport { get; set; } = 1L << 30;
}
