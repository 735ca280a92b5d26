using System.Text.Json.Serialization;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Server.Tests.Rooms.Kill;

/// <summary>Somebody who writes as fast as the server answers, and does nothing about it when the server dies.</summary>
internal sealed partial class KillClient : IAsyncDisposable
{
    private readonly ChannelClient _channel;
    private readonly KillJournal _journal;
    private readonly Random _random;
    private readonly Lock _gate = new();
    private TimelineView? _view;
    private int _count;

    public KillClient(Uri address, KillJournal journal, string name, int seed, OwnerKey? owner)
    {
        Name = name;
        _journal = journal;
        _random = new Random(seed);
        _channel = ChannelClient.Create(new ChannelClientOptions
        {
            Endpoint = address,
            CredentialsProvider = owner is null ? null : _ => ValueTask.FromResult<Credentials?>(NamedCredentials.Of(name)),
            Reconnect = new ReconnectOptions { InitialDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(200) },
        });
        Rooms = _channel.UseRooms(new RoomsClientOptions { OwnerKey = owner, DisplayName = name, RoomUrl = new Uri("https://hello.example/r") });
        Options = new LiveViewOptions
        {
            Post = action =>
            {
                lock (_gate)
                {
                    action();
                }

                Changed?.Invoke();
            },
        };
    }

    /// <summary>A view changed.</summary>
    public event Action? Changed;

    public string Name { get; }

    public RoomsClient Rooms { get; }

    public Room Room { get; private set; } = null!;

    public LiveViewOptions Options { get; }

    public IReadOnlyList<TimelineEntry> Entries()
    {
        lock (_gate)
        {
            return [.. _view!.Entries];
        }
    }

    public void Use(Room room)
    {
        Room = room;
        _view = room.Timeline.ToLiveView(Options);
    }

    /// <summary>Writes into the room until told to stop; what is under way then is finished.</summary>
    public async Task WriteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await WriteAsync();
            }
            catch (LoopException error) when (error.Code is ErrorCodes.SessionLost or ErrorCodes.Unavailable)
            {
                // Whether it was done is not known. Nobody was told that it was.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_view is not null)
        {
            await _view.DisposeAsync();
        }

        await _channel.DisposeAsync();
        await Rooms.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        var own = Entries().Where(static entry => entry is { IsMine: true, Status: EntryStatus.Readable }).ToArray();
        var dice = _random.Next(10);
        if (dice < 6 || own.Length == 0)
        {
            var key = $"{Name}-{++_count}";
            var receipt = await Room.Timeline.SayAsync(KillJournal.TextOf(key, 1), new AppendOptions { Key = key });
            _journal.Wrote(key, receipt.Sequence, 1);
            return;
        }

        var entry = own[_random.Next(own.Length)];
        if (dice < 9)
        {
            var text = new ChatMessage(KillJournal.TextOf(entry.Key, entry.Version + 1));
            var receipt = await Room.Timeline.EditAsync(entry, text, KillJson.Default.ChatMessage);
            _journal.Wrote(entry.Key, receipt.Sequence, receipt.Version);
            return;
        }

        if (!(await Room.Timeline.DeleteAsync(entry.Sequence)).AlreadyDone)
        {
            _journal.Deleted(entry.Key);
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(ChatMessage))]
    private sealed partial class KillJson : JsonSerializerContext;
}
