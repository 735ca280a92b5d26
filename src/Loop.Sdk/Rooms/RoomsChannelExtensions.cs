using Loop.Sdk.WebRtc;

namespace Loop.Sdk.Rooms;

/// <summary>Rooms of a channel.</summary>
public static class RoomsChannelExtensions
{
    extension(ChannelClient channel)
    {
        /// <summary>
        /// The channel's rooms, always the same for the same channel: with the settings of <see cref="UseRooms"/>, or with the defaults, which can join rooms but not own any. They are
        /// disposed of with the channel.
        /// </summary>
        /// <exception cref="LoopException"><c>closed</c>: the channel was disposed of before.</exception>
        public RoomsClient Rooms
        {
            get
            {
                ArgumentNullException.ThrowIfNull(channel);
                return channel.Feature(Create);
            }
        }
    }

    /// <summary>Says how the channel's rooms are to be, and announces their contracts to the server at every connection.</summary>
    /// <param name="options">The channel's options.</param>
    /// <param name="configure">Sets the rooms' options.</param>
    public static void UseRooms(this ChannelClientOptions options, Action<RoomsClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configure);
        configure(options.Feature<RoomsClientOptions>());
        options.Announce<IRooms>();
        options.Announce<ITimeline>();
        options.Announce<IPeerSignaling>();
    }

    private static RoomsClient Create(FeatureContext context)
    {
        var options = context.Settings<RoomsClientOptions>();
        options.TimeProvider ??= context.TimeProvider;
        return RoomsClient.Create(context.Channel, options, context.LoggerFactory);
    }
}
