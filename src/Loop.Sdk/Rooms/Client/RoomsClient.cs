using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.WebRtc;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Rooms;

/// <summary>
/// Rooms over a channel, end-to-end encrypted: what members share is sealed here, and the server has neither keys nor plaintext. Safe for concurrent use. The class is abstract so
/// that tests can replace it; <see cref="Create(ChannelClient, RoomsClientOptions, ILoggerFactory)"/> makes the real one.
/// </summary>
public abstract class RoomsClient : IAsyncDisposable
{
    /// <summary>Makes a client. Derive only to replace it in tests.</summary>
    protected RoomsClient()
    {
    }

    /// <summary>The account's own rooms, by token, as a feed: with the contexts that could be opened, and the reasons for those that could not. Needs an account.</summary>
    /// <remarks>While enumerating: <c>account_required</c>. <c>ToLiveCollection(room =&gt; room.Token)</c> makes a list to bind to.</remarks>
    public abstract IFeed<KeyedSnapshot<RoomDetails>, KeyedChange<string, RoomDetails>> Owned { get; }

    /// <summary>Makes a client of a channel.</summary>
    /// <param name="channel">The channel, which the client does not dispose of.</param>
    /// <param name="options">The settings, or null for the defaults. They are copied: later changes have no effect.</param>
    /// <param name="loggerFactory">Where the client logs, or null for nowhere.</param>
    /// <exception cref="OptionsValidationException">A setting is missing or out of its range.</exception>
    public static RoomsClient Create(ChannelClient channel, RoomsClientOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return Create(channel.Service<IRooms>(), channel.Service<ITimeline>(), options, loggerFactory, channel.Service<IPeerSignaling>());
    }

    /// <summary>Makes a client of the contracts, for tests that stand in for the server.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="timeline">The timelines.</param>
    /// <param name="options">The settings, or null for the defaults.</param>
    /// <param name="loggerFactory">Where the client logs, or null for nowhere.</param>
    /// <param name="peers">What peers need of the server, or null: then no mesh can be joined.</param>
    /// <exception cref="OptionsValidationException">A setting is missing or out of its range.</exception>
    public static RoomsClient Create(IRooms rooms, ITimeline timeline, RoomsClientOptions? options = null, ILoggerFactory? loggerFactory = null, IPeerSignaling? peers = null) =>
        ContractRoomsClient.Create(rooms, timeline, peers, options, loggerFactory);

    /// <summary>Creates an encrypted room that the account owns, with a new key, which is left with the server under <see cref="RoomsClientOptions.OwnerKey"/>. It is not joined.</summary>
    /// <param name="room">What room.</param>
    /// <param name="cancellationToken">Gives up. The room may have been created.</param>
    /// <returns>The room, to be disposed of; <see cref="Room.CreateLink"/> gives its link.</returns>
    /// <exception cref="InvalidOperationException">There is no <see cref="RoomsClientOptions.OwnerKey"/>.</exception>
    /// <exception cref="LoopException"><c>account_required</c>, <c>too_many_rooms</c>, <c>content_too_large</c>, <c>invalid_request</c>.</exception>
    public abstract Task<Room> CreateAsync(NewRoom room, CancellationToken cancellationToken = default);

    /// <summary>Opens a room of the account, without joining it.</summary>
    /// <param name="token">The room's token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The room, to be disposed of.</returns>
    /// <exception cref="InvalidOperationException">There is no <see cref="RoomsClientOptions.OwnerKey"/>, or the room is open already.</exception>
    /// <exception cref="LoopException"><c>room_not_found</c>, <c>not_owner</c>.</exception>
    public abstract Task<Room> OpenAsync(string token, CancellationToken cancellationToken = default);

    /// <summary>
    /// Joins a room by its link: with the channel's account, or as a guest if the channel has none. A link without a key, or with a wrong or old one, lets in all the same:
    /// <see cref="RoomDetails.Context"/> says what could not be read.
    /// </summary>
    /// <param name="link">The link, which the caller disposes of.</param>
    /// <param name="join">How, or null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The room, to be disposed of.</returns>
    /// <exception cref="InvalidOperationException">The room is open already.</exception>
    /// <exception cref="LoopException">
    /// <c>room_not_found</c>, <c>room_full</c>, <c>too_many_for_client</c>, <c>room_locked</c>, <c>barred</c>, <c>invalid_name</c>, <c>resource_exhausted</c>.
    /// </exception>
    public abstract Task<Room> JoinAsync(RoomLink link, RoomJoin? join = null, CancellationToken cancellationToken = default);

    /// <summary>Joins a room by the text of its link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="join">How, or null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The room, to be disposed of.</returns>
    /// <exception cref="InvalidOperationException">The room is open already.</exception>
    /// <exception cref="LoopException"><c>invalid_link</c>, and as for the other one.</exception>
    public async Task<Room> JoinAsync(string link, RoomJoin? join = null, CancellationToken cancellationToken = default)
    {
        using var parsed = RoomLink.Parse(link);
        return await JoinAsync(parsed, join, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks at a room without joining it, as a visitor does who has just followed the link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>room_not_found</c>.</exception>
    public abstract Task<RoomDetails> GetAsync(RoomLink link, CancellationToken cancellationToken = default);

    /// <summary>Reads a room of the account, with everybody in it.</summary>
    /// <param name="token">The room's token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>room_not_found</c>.</exception>
    public abstract Task<RoomDetails> GetOwnedAsync(string token, CancellationToken cancellationToken = default);

    /// <summary>Deletes rooms of the account with everything in them, in one step.</summary>
    /// <param name="tokens">1 to 1000 tokens, each once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of each, in the given order: <c>room_not_found</c> or <c>not_owner</c> for those that were not deleted.</returns>
    /// <exception cref="LoopException"><c>invalid_request</c>.</exception>
    public abstract Task<IReadOnlyList<DeletedRoom>> DeleteAsync(IReadOnlyList<string> tokens, CancellationToken cancellationToken = default);

    /// <summary>Disposes of the rooms that were not: each is left, and their keys are zeroed.</summary>
    public abstract ValueTask DisposeAsync();
}
