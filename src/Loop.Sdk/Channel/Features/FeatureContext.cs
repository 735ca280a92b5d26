using Microsoft.Extensions.Logging;

namespace Loop.Sdk;

/// <summary>What a feature of a channel is made with: see <see cref="ChannelClient.Feature"/>.</summary>
public sealed class FeatureContext
{
    private readonly ChannelClientOptions _options;

    internal FeatureContext(ChannelClient channel, ChannelClientOptions options, ILoggerFactory loggerFactory)
    {
        Channel = channel;
        _options = options;
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
}
