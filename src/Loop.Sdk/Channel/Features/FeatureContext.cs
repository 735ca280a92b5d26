using Loop.Sdk.Contracts;
using Loop.Sdk.Serving;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk;

/// <summary>What a feature of a channel is made with: see <see cref="ChannelClient.Feature"/>.</summary>
public sealed class FeatureContext
{
    private readonly ChannelClientOptions _options;
    private readonly ServedContracts _served;

    internal FeatureContext(ChannelClient channel, ChannelClientOptions options, ServedContracts served, ILoggerFactory loggerFactory)
    {
        Channel = channel;
        _options = options;
        _served = served;
        LoggerFactory = loggerFactory;
    }

    /// <summary>The channel, whose contracts the feature is a client of.</summary>
    public ChannelClient Channel { get; }

    /// <summary>The channel's clock and its timers.</summary>
    public TimeProvider TimeProvider => _options.TimeProvider;

    /// <summary>Where the channel logs.</summary>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>The settings of the feature, as they were when the channel was made: this channel's own, or the defaults if there are none.</summary>
    /// <typeparam name="TSettings">Their type.</typeparam>
    public TSettings Settings<TSettings>()
        where TSettings : class, IFeatureSettings, new() => _options.FindFeature<TSettings>() ?? new TSettings();

    /// <summary>Lets the server call a contract on this client from now on, as <see cref="ChannelClientOptions.Serve"/> does.</summary>
    /// <typeparam name="TContract">The contract interface.</typeparam>
    /// <param name="implementation">What the calls run on, several at once.</param>
    /// <exception cref="ArgumentException">A contract of this name is served already.</exception>
    public void Serve<TContract>(TContract implementation)
        where TContract : class, IContract<TContract>
    {
        ArgumentNullException.ThrowIfNull(implementation);
        _served.Add(implementation);
    }
}
