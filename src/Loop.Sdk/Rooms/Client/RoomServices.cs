using System.Buffers.Text;
using System.Security.Cryptography;
using Loop.Sdk.WebRtc;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Rooms;

/// <summary>What all rooms of a client share. Of the channel they see the contracts, and nothing else.</summary>
internal sealed class RoomServices(IRooms rooms, ITimeline timeline, IPeerSignaling? peers, RoomsClientOptions options, ILogger logger)
{
    private const int DeviceBytes = 16;

    public IRooms Rooms { get; } = new CheckedRooms(rooms);

    public ITimeline Timeline { get; } = new CheckedTimeline(timeline);

    /// <summary>What peers need of the server; null if the client was made without.</summary>
    public IPeerSignaling? Peers => peers;

    public RoomsClientOptions Options => options;

    public IRoomMemory Memory { get; } = options.Memory ?? new ProcessMemory();

    public TimeProvider Time { get; } = options.TimeProvider ?? TimeProvider.System;

    public RoomsLog Log { get; } = new(logger);

    /// <summary>What stays the same while this client runs, so that who joins again is not there twice.</summary>
    public string Device { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(DeviceBytes));
}
