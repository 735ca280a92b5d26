using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Rooms;

/// <summary>Rooms of a channel.</summary>
public static class RoomsChannelExtensions
{
    // The channel knows none of its services by name.
    private static readonly ConditionalWeakTable<ChannelClient, RoomsClient> Clients = [];

    extension(ChannelClient channel)
    {
        /// <summary>The channel's rooms, always the same for the same channel: with the settings of <see cref="UseRooms"/>, or with the defaults, which can join rooms but not own any.</summary>
        public RoomsClient Rooms
        {
            get
            {
                ArgumentNullException.ThrowIfNull(channel);
                return Clients.GetValue(channel, static owner => RoomsClient.Create(owner));
            }
        }

        /// <summary>Says how the channel's rooms are to be. To be called once, before <c>Rooms</c> is used.</summary>
        /// <param name="options">The settings. They are copied: later changes have no effect.</param>
        /// <param name="loggerFactory">Where the rooms log, or null for nowhere.</param>
        /// <returns>The channel's rooms.</returns>
        /// <exception cref="InvalidOperationException">They are in use already.</exception>
        /// <exception cref="OptionsValidationException">A setting is missing or out of its range.</exception>
        public RoomsClient UseRooms(RoomsClientOptions options, ILoggerFactory? loggerFactory = null)
        {
            ArgumentNullException.ThrowIfNull(channel);
            ArgumentNullException.ThrowIfNull(options);
            var client = RoomsClient.Create(channel, options, loggerFactory);
            return Clients.TryAdd(channel, client) ? client : throw new InvalidOperationException("The channel's rooms are in use already.");
        }
    }
}
