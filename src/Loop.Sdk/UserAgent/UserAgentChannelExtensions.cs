namespace Loop.Sdk.UserAgent;

/// <summary>The user agent's state on a channel.</summary>
public static class UserAgentChannelExtensions
{
    extension(ChannelClient channel)
    {
        /// <summary>What the account's user agents know, always the same client for the same channel. Disposed of with the channel.</summary>
        /// <exception cref="LoopException"><c>closed</c>: the channel was disposed of before.</exception>
        public UserAgentClient UserAgent
        {
            get
            {
                ArgumentNullException.ThrowIfNull(channel);
                return channel.Feature(static context => UserAgentClient.Create(context.Channel));
            }
        }
    }

    /// <summary>Announces the contract of user agents to the server at every connection.</summary>
    /// <param name="options">The channel's options.</param>
    public static void UseUserAgent(this ChannelClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Announce<IUserAgent>();
    }
}
