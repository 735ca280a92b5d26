namespace Loop.Sdk.Presence;

/// <summary>Presence on a channel.</summary>
public static class PresenceChannelExtensions
{
    extension(ChannelClient channel)
    {
        /// <summary>
        /// The channel's presence, always the same for the same channel: with the settings of <see cref="UsePresence"/>, or with the defaults. Disposed of with the channel, which
        /// ends every entry.
        /// </summary>
        /// <exception cref="LoopException"><c>closed</c>: the channel was disposed of before.</exception>
        public PresenceClient Presence
        {
            get
            {
                ArgumentNullException.ThrowIfNull(channel);
                return channel.Feature(Create);
            }
        }
    }

    /// <summary>Says how the channel's presence is to be, and announces its contracts to the server at every connection.</summary>
    /// <param name="options">The channel's options.</param>
    /// <param name="configure">Sets presence's options; null for the defaults.</param>
    public static void UsePresence(this ChannelClientOptions options, Action<PresenceClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        configure?.Invoke(options.Feature<PresenceClientOptions>());
        options.Announce<IPresence>();
        options.Announce<IAvailability>();
    }

    private static PresenceClient Create(FeatureContext context)
    {
        var options = context.Settings<PresenceClientOptions>();
        options.TimeProvider ??= context.TimeProvider;
        return PresenceClient.Create(context.Channel, options, context.LoggerFactory);
    }
}
