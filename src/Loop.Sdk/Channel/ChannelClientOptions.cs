using System.Net;
using System.Net.WebSockets;
using Loop.Sdk.Contracts;
using Loop.Sdk.Handshake;
using Loop.Sdk.Reconnect;
using Loop.Sdk.Serving;
using Loop.Sdk.Sessions;
using Loop.Sdk.Transport;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk;

/// <summary>The settings of a <see cref="ChannelClient"/>. Checked when the client is made, or when the host starts.</summary>
public sealed class ChannelClientOptions
{
    private static readonly Func<double> SharedRandom = System.Random.Shared.NextDouble;

    /// <summary>Where the server listens: an absolute <c>ws://</c> or <c>wss://</c> URI without user info or fragment. Required. Credentials do not belong here.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>
    /// The path of a Unix domain socket to connect to instead of the endpoint's host and port; the endpoint then gives only the request's path and host name,
    /// for example <c>ws://localhost/loop</c>. Null (default) for TCP.
    /// </summary>
    public string? UnixSocketPath { get; set; }

    /// <summary>The HTTP version that the WebSocket starts with: 1.1 (default), or 2.0 to share one TCP connection between channels (RFC 8441). Without TLS, 2.0 needs the policy <see cref="HttpVersionPolicy.RequestVersionExact"/>.</summary>
    public Version HttpVersion { get; set; } = System.Net.HttpVersion.Version11;

    /// <summary>Whether another HTTP version than <see cref="HttpVersion"/> will do. By default a lower one will.</summary>
    public HttpVersionPolicy HttpVersionPolicy { get; set; } = HttpVersionPolicy.RequestVersionOrLower;

    /// <summary>
    /// Gives the credentials, or null for none. Asked for every connection, before credentials expire, and once more if the server refuses them. It never runs on
    /// the thread that reads the connection and may take its time; the token is cancelled when the client is disposed of. Null (default) to connect without.
    /// </summary>
    public Func<CancellationToken, ValueTask<Credentials?>>? CredentialsProvider { get; set; }

    /// <summary>
    /// How long a unary call may take, and how long any call may wait for the channel to open: 1 ms to 24 days, or <see cref="Timeout.InfiniteTimeSpan"/>.
    /// 100 s by default. Checked once a second. A call that takes longer fails with <c>deadline_exceeded</c>. Feeds wait as long as they are asked to.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long one attempt to connect may take, from the first packet to the server's welcome, and how long an answer to new credentials may: 1 ms to 24 days. 10 s by default.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>When to connect again.</summary>
    public ReconnectOptions Reconnect { get; set; } = new();

    /// <summary>How many calls may wait for a session, 0 or more; 1000 by default. Further ones fail with <c>unavailable</c>. Feeds are not counted.</summary>
    public int OfflineQueueLimit { get; set; } = 1000;

    /// <summary>The longest message that this client takes, in bytes: 1 to 1 GiB; 4 MiB by default. What it may send is for the server to say.</summary>
    public int MaxMessage { get; set; } = SessionOptions.Default.Limits.MaxMessage;

    /// <summary>The clock and its timers; the system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Adjusts each WebSocket before it connects: headers, proxy, certificates, compression. What concerns TLS, proxies and cookies can only be set here while
    /// neither <see cref="HttpMessageInvoker"/> nor <see cref="UnixSocketPath"/> nor HTTP/2 is used; set it on the invoker's handler otherwise.
    /// </summary>
    public Action<ClientWebSocketOptions>? ConfigureWebSocket { get; set; }

    /// <summary>What sends the opening request, for instance over a <see cref="SocketsHttpHandler"/> with settings of its own. The client does not dispose of it. Null (default) for one that all clients share.</summary>
    public HttpMessageInvoker? HttpMessageInvoker { get; set; }

    /// <summary>Names of the contracts that will be used, so that the server gives them short ids in its welcome.</summary>
    internal IReadOnlyList<string> Contracts { get; private set; } = [];

    /// <summary>What the server may call, by name, each to be made with the client's logger; null for nothing.</summary>
    internal Dictionary<string, Func<ILogger, ServedContract>>? Served { get; private set; }

    /// <summary>The settings of features, by type; null for none.</summary>
    internal Dictionary<Type, IFeatureSettings>? Features { get; private set; }

    /// <summary>Where connections come from, instead of the network.</summary>
    internal IChannelTransport? Transport { get; set; }

    /// <summary>Starts what is connected to, if need be.</summary>
    internal LocalServiceLauncher? Launcher { get; set; }

    /// <summary>Who tells that the network is back, instead of the system.</summary>
    internal INetworkMonitor? NetworkMonitor { get; set; }

    /// <summary>Random numbers from 0 to 1 for jitter.</summary>
    internal Func<double> Random { get; set; } = SharedRandom;

    /// <summary>
    /// Lets the server call a contract on this client, in every session: it gets the contract's client from its session. A call is cancelled when the session
    /// is lost, and goes on across a connection that is resumed.
    /// </summary>
    /// <typeparam name="TContract">The contract interface.</typeparam>
    /// <param name="implementation">What the calls run on, several at once. The client does not dispose of it.</param>
    /// <exception cref="ArgumentException">A contract of this name is served already.</exception>
    public void Serve<TContract>(TContract implementation)
        where TContract : class, IContract<TContract>
    {
        ArgumentNullException.ThrowIfNull(implementation);
        Served ??= [];
        if (!Served.TryAdd(TContract.Descriptor.Name, logger => new ServedContract<TContract>(implementation, logger)))
        {
            throw ServedContracts.AlreadyServed(TContract.Descriptor.Name, nameof(implementation));
        }
    }

    /// <summary>Gives the settings of a feature, to be changed: the defaults when first asked for. Packages give their own a name with an extension, such as <c>UseRooms</c>.</summary>
    /// <typeparam name="TSettings">Their type.</typeparam>
    public TSettings Feature<TSettings>()
        where TSettings : class, IFeatureSettings, new()
    {
        if (FindFeature<TSettings>() is { } known)
        {
            return known;
        }

        var settings = new TSettings();
        (Features ??= []).Add(typeof(TSettings), settings);
        return settings;
    }

    internal TSettings? FindFeature<TSettings>()
        where TSettings : class, IFeatureSettings => (TSettings?)Features?.GetValueOrDefault(typeof(TSettings));

    /// <summary>What these options mean for a session. Shared by all clients that leave them as they are.</summary>
    internal SessionOptions Session => MaxMessage == SessionOptions.Default.Limits.MaxMessage
        ? SessionOptions.Default
        : SessionOptions.Default with
        {
            Limits = SessionOptions.Default.Limits with { MaxMessage = MaxMessage },
            MaxAssembly = Math.Max(SessionOptions.Default.MaxAssembly, MaxMessage),
        };

    internal ChannelClientOptions Copy()
    {
        var copy = (ChannelClientOptions)MemberwiseClone();
        copy.Reconnect = Reconnect.Copy();
        copy.Served = Served is null ? null : new(Served);
        copy.Features = Features?.ToDictionary(static feature => feature.Key, static feature => feature.Value.Copy());
        return copy;
    }

    /// <summary>Has a contract announced to the server at every connection.</summary>
    internal void Announce<TContract>()
        where TContract : class, IContract<TContract>
    {
        var name = TContract.Descriptor.Name;
        if (!Contracts.Contains(name))
        {
            Contracts = [.. Contracts, name];
        }
    }
}
