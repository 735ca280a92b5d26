namespace Loop.Sdk.Server.LoopApi;

/// <summary>How the Loop HTTP API behaves. Checked when the host starts: a value out of range stops it with an <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>.</summary>
public sealed class LoopHttpApiOptions
{
    /// <summary>
    /// Where clients reach the server: scheme, host and port. Its port is the one that requests are signed for, and addresses that clients are given begin with it. Null (default): as each request
    /// says; behind a proxy that ends TLS it has to be given.
    /// </summary>
    public Uri? PublicOrigin { get; set; }

    /// <summary>What a room's address is made of: a URL with <c>{token}</c> in it. Required. The room's key is added by clients, as the fragment.</summary>
    public string RoomUrl { get; set; } = "";

    /// <summary>Whether paths without a version are answered as well, and those that are unknown redirected to <c>/v0</c>, as the original did. The host's own endpoints come first. True by default.</summary>
    public bool ServeUnversioned { get; set; } = true;

    /// <summary>The origins of web pages that may use the API, such as <c>https://app.example</c>; <c>*</c> for any. Empty by default.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>How many may be in a room that is made over HTTP. 1 to <see cref="Rooms.RoomsOptions.MaxParticipants"/>; 5 by default.</summary>
    public int MaxRoomSize { get; set; } = 5;

    /// <summary>For how long deleted rooms are listed to those who ask what has changed. 1 minute to 7 days; 27 minutes by default. Rooms' own tombstones have to live as long.</summary>
    public TimeSpan DeletedLifetime { get; set; } = TimeSpan.FromMinutes(27);

    /// <summary>How long a session lasts without being used. 1 hour to 10 years; 30 days by default.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many sessions an account may have. The oldest makes room. 1 to 10 000; 100 by default.</summary>
    public int MaxSessionsPerUser { get; set; } = 100;

    /// <summary>How far clients' clocks may be off. 1 s to 10 minutes; 1 minute by default.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many requests of a session are remembered, so that none counts twice: as many may come within twice <see cref="ClockSkew"/>, more get status 429. 100 to 10 000 000; 10 000 by default.</summary>
    public int MaxNoncesPerSession { get; set; } = 10_000;

    /// <summary>How many requests of all sessions are remembered; more get status 503. 1 000 to 100 000 000; 1 000 000 by default, of some 40 bytes each.</summary>
    public int MaxNonces { get; set; } = 1_000_000;

    /// <summary>Bytes of a body. 1 KiB to 1 MiB; 100 KiB by default.</summary>
    public int MaxBody { get; set; } = 100 * 1024;

    /// <summary>How long a body may take. 1 s to 5 minutes; 30 s by default.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What the header Retry-After says. 1 s to 1 hour; 30 s by default.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The SimplePush servers that clients may use, <c>ws:</c> or <c>wss:</c>; one is named at random. Empty by default.</summary>
    public IList<Uri> PushServers { get; } = [];

    /// <summary>
    /// Whether changes may be pushed to private addresses: for development and tests only. The addresses come from clients, who could otherwise make the server send into its own network. False by
    /// default.
    /// </summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>How long a push may take. 100 ms to 1 minute; 5 s by default.</summary>
    public TimeSpan PushTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many pushes are sent at the same time. 1 to 1 000; 32 by default.</summary>
    public int MaxPushesAtOnce { get; set; } = 32;

    /// <summary>How many changes wait to be pushed; what is more is not pushed. 1 to 1 000 000; 10 000 by default.</summary>
    public int MaxWaitingPushes { get; set; } = 10_000;

    /// <summary>How long a call is remembered. It has to be as long as its three timers together. 1 s to 10 minutes; 1 minute by default.</summary>
    public TimeSpan CallLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the second party of a call may take to connect, after the first. 100 ms to 5 minutes; 10 s by default.</summary>
    public TimeSpan SupervisoryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call rings. 100 ms to 5 minutes; 30 s by default.</summary>
    public TimeSpan RingingTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the media of an accepted call may take. 100 ms to 5 minutes; 10 s by default.</summary>
    public TimeSpan ConnectionTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Characters of a call's subject. 1 to 4096; 124 by default.</summary>
    public int MaxSubject { get; set; } = 124;

    /// <summary>How many calls there may be at the same time. 1 to 1 000 000; 10 000 by default.</summary>
    public int MaxCalls { get; set; } = 10_000;

    /// <summary>How many calls may wait for one callee. 1 to 1 000; 20 by default.</summary>
    public int MaxCallsPerCallee { get; set; } = 20;

    /// <summary>Takes what clients say of their use (<c>POST /event</c>): the user, event, action and label. Null (default): such requests get status 405.</summary>
    public Func<LoopHttpEvent, CancellationToken, ValueTask>? Events { get; set; }
}
