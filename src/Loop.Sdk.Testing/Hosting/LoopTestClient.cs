using Loop.Sdk.Contracts;

namespace Loop.Sdk.Testing;

/// <summary>A client of a <see cref="LoopTestHost"/>, and the link that it connects over.</summary>
public sealed class LoopTestClient
{
    internal LoopTestClient(ChannelClient client, BreakableLink link)
    {
        Client = client;
        Link = link;
    }

    /// <summary>The client.</summary>
    public ChannelClient Client { get; }

    /// <summary>Its way to the server.</summary>
    public BreakableLink Link { get; }

    /// <summary>Gives the client of a contract.</summary>
    /// <typeparam name="TContract">The contract interface.</typeparam>
    public TContract Service<TContract>()
        where TContract : class, IContract<TContract> => Client.Service<TContract>();
}
