namespace Loop.Sdk.Push;

/// <summary>Push on a channel.</summary>
public static class PushChannelExtensions
{
    extension(ChannelClient channel)
    {
        /// <summary>
        /// The channel's push, always the same for the same channel: with the settings of <see cref="UsePush"/>, or with the defaults, which forget every subscription with the process.
        /// Disposed of with the channel.
        /// </summary>
        /// <exception cref="LoopException"><c>closed</c>: the channel was disposed of before.</exception>
        public PushClient Push
        {
            get
            {
                ArgumentNullException.ThrowIfNull(channel);
                return channel.Feature(Create);
            }
        }
    }

    /// <summary>Says how the channel's push is to be, and announces its contract to the server at every connection.</summary>
    /// <param name="options">The channel's options.</param>
    /// <param name="configure">Sets push's options; null for the defaults.</param>
    public static void UsePush(this ChannelClientOptions options, Action<PushClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        configure?.Invoke(options.Feature<PushClientOptions>());
        options.Announce<IPush>();
    }

    private static PushClient Create(FeatureContext context)
    {
        var options = context.Settings<PushClientOptions>();
        options.TimeProvider ??= context.TimeProvider;
        return PushClient.Create(context.Channel, options, context.LoggerFactory);
    }
}
