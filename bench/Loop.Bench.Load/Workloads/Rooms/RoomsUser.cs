using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Loop.Bench.Load.Client;
using Loop.Sdk.Rooms;

namespace Loop.Bench.Load.Workloads.Rooms;

/// <summary>A session and what it says about rooms. Envelopes are of the size of real ones.</summary>
internal sealed class RoomsUser(IChannelConnection connection, string name) : IAsyncDisposable
{
    private const int ContextBytes = 240;
    private const int MemberBytes = 400;
    private const int EntryBytes = 250;
    private const int MemberIdBytes = 32;

    private readonly byte[] _entry = Envelope(EntryBytes);
    private int _entries;

    public IClientConnection Connection => connection;

    public IRooms Rooms { get; } = connection.Channel.Service<IRooms>();

    public ITimeline Timeline { get; } = connection.Channel.Service<ITimeline>();

    private string Member { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(MemberIdBytes));

    public static async Task<RoomsUser> ConnectAsync(ClientContext context, string name) => new(await context.ConnectAsync<IChannelConnection>(name), name);

    public async Task<string> CreateAsync()
    {
        var room = await Rooms.CreateAsync(new CreateRoom
        {
            Epoch = 1,
            Context = new SealedContext { Value = Base64Url.EncodeToString(Envelope(ContextBytes)), Algorithm = "loop.v2", Version = 1 },
            WrappedKey = name,
        });
        return room.Token;
    }

    public Task<JoinedRoom> JoinAsync(string token) => Rooms.JoinAsync(new JoinRoom
    {
        Token = token,
        Announcement = new SealedMember { Member = Member, Epoch = 1, Version = 1, Envelope = Envelope(MemberBytes) },
    });

    public Task<EntryReceipt> AppendAsync(string token) => Timeline.AppendAsync(new AppendEntry
    {
        Token = token,
        Author = Member,
        Key = $"{name}-{++_entries}",
        Kind = "chat",
        Envelope = _entry,
    });

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static byte[] Envelope(int length)
    {
        var envelope = new byte[length];
        envelope[0] = 2;
        BinaryPrimitives.WriteInt32BigEndian(envelope.AsSpan(2), 1);
        return envelope;
    }
}
