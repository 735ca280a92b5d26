using System.Text.Json.Serialization;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Rooms.Kill;

/// <summary>Somebody who writes as fast as the server answers, and does nothing about it when the server dies.</summary>
internal partial class KillClient : IAsyncDisposable
{
    private readonly ChannelClient _channel;
    private readonly Random _random;
    private TimelineView? _view;
    private int _count;

    public KillClient(Uri address, KillJournal journal, string name, int seed, OwnerKey? owner)
    {
        Name = name;
        Journal = journal;
        _random = new Random(seed);
        var options = new ChannelClientOptions
        {
            Endpoint = address,
            CredentialsProvider = owner is null ? null : _ => ValueTask.FromResult<Credentials?>(NamedCredentials.Of(name)),
            Reconnect = new ReconnectOptions { InitialDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(200) },
        };
        options.UseRooms(rooms =>
        {
            rooms.OwnerKey = owner;
            rooms.DisplayName = name;
            rooms.RoomUrl = new Uri("https://hello.example/r");
        });
        _channel = ChannelClient.Create(options);
        Options = new LiveViewOptions
        {
            Post = action =>
            {
                lock (Gate)
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

    public RoomsClient Rooms => _channel.Rooms;

    public Room Room { get; private set; } = null!;

    public LiveViewOptions Options { get; }

    protected Lock Gate { get; } = new();

    protected KillJournal Journal { get; }

    public IReadOnlyList<TimelineEntry> Entries()
    {
        lock (Gate)
        {
            return [.. _view!.Entries];
        }
    }

    public void Use(Room room)
    {
        Room = room;
        _view = room.Timeline.ToLiveView(Options);
    }

    /// <summary>What is not, or not yet, as the store has it.</summary>
    public string? FindDifference(IReadOnlyList<EntryRecord> entries, IReadOnlyList<ParticipantRecord> present)
    {
        if (Room.State != RoomState.Joined || present.All(participant => participant.Id != Room.ParticipantId))
        {
            return $"{Name} is not in the room, but {Room.State}.";
        }

        // The view begins somewhere, and has everything from there.
        var shown = Entries();
        if (!shown.Select(static entry => (entry.Sequence, entry.Version)).SequenceEqual(entries.TakeLast(shown.Count).Select(static entry => (entry.Sequence, entry.Version))))
        {
            return $"{Name} does not see what is in the store.";
        }

        var wrong = shown.FirstOrDefault(static entry => entry.Status != EntryStatus.Deleted && entry.ReadChat().Text != KillJournal.TextOf(entry.Key, entry.Version));
        Assert.IsNull(wrong, $"{Name} sees {wrong?.ReadChat()}.");
        return null;
    }

    /// <summary>Writes into the room until told to stop; what is under way then is finished.</summary>
    public async Task WriteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await WriteAsync(_random.Next(100));
            }
            catch (LoopException error) when (error.Code is ErrorCodes.SessionLost or ErrorCodes.Unavailable or ErrorCodes.EntryConflict)
            {
                // Whether it was done is not known, and nobody was told that it was; or the view had not caught up with an earlier edit.
            }
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_view is not null)
        {
            await _view.DisposeAsync();
        }

        await _channel.DisposeAsync();
    }

    protected virtual async Task WriteAsync(int dice)
    {
        var own = Entries().Where(static entry => entry is { IsMine: true, Status: EntryStatus.Readable }).ToArray();
        if (dice < 60 || own.Length == 0)
        {
            var key = $"{Name}-{++_count}";
            var receipt = await Room.Timeline.SayAsync(KillJournal.TextOf(key, 1), new AppendOptions { Key = key });
            Journal.Wrote(key, receipt.Sequence, 1);
            return;
        }

        var entry = own[_random.Next(own.Length)];
        if (dice < 90)
        {
            var text = new ChatMessage(KillJournal.TextOf(entry.Key, entry.Version + 1));
            var receipt = await Room.Timeline.EditAsync(entry, text, KillJson.Default.ChatMessage);
            Journal.Wrote(entry.Key, receipt.Sequence, receipt.Version);
            return;
        }

        if (!(await Room.Timeline.DeleteAsync(entry.Sequence)).AlreadyDone)
        {
            Journal.Deleted(entry.Key);
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(ChatMessage))]
    private sealed partial class KillJson : JsonSerializerContext;
}
