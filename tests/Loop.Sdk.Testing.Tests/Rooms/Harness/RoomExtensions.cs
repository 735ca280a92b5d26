using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Harness;

internal static class RoomExtensions
{
    /// <summary>Creates a room, and joins it as its owner.</summary>
    public static async Task<Room> CreateJoinedAsync(this RoomUser owner, string name = "Plans")
    {
        var room = await owner.Rooms.CreateAsync(new NewRoom { Context = new RoomContext { RoomName = name } });
        await room.JoinAsync();
        return room;
    }

    /// <summary>Joins by the room's present link.</summary>
    public static async Task<Room> JoinAsync(this RoomUser user, Room room, RoomJoin? join = null)
    {
        using var link = room.CreateLink();
        return await user.Rooms.JoinAsync(link.ToLink(), join);
    }

    /// <summary>Waits for a state of the room.</summary>
    public static async Task<RoomState> UntilAsync(this Room room, RoomState wanted)
    {
        await foreach (var state in room.StateChanges())
        {
            if (state == wanted)
            {
                return state;
            }
        }

        throw new AssertFailedException($"The room was never {wanted}, but ended.");
    }

    /// <summary>Waits until the room is as wanted.</summary>
    public static async Task<RoomDetails> UntilAsync(this Room room, Func<RoomDetails, bool> wanted)
    {
        await foreach (var @event in room.Changes.SubscribeAsync())
        {
            if (@event.Kind != FeedEventKind.Resumed && wanted(room.Details))
            {
                return room.Details;
            }
        }

        throw new AssertFailedException("The room never was so, but ended.");
    }

    /// <summary>Waits until those in the room are as wanted.</summary>
    public static async Task<IReadOnlyList<Participant>> UntilPresentAsync(this Room room, Func<IReadOnlyList<Participant>, bool> wanted)
    {
        await using var present = room.Participants.ToLiveCollection(static participant => participant.Id, options: new LiveViewOptions { Post = static action => action() });
        var found = new TaskCompletionSource<IReadOnlyList<Participant>>(TaskCreationOptions.RunContinuationsAsynchronously);
        present.PropertyChanged += (_, _) => Look();
        _ = present.WhenReadyAsync().ContinueWith(task => { if (task.IsFaulted) { found.TrySetException(task.Exception!.InnerException!); } }, TaskScheduler.Default);
        Look();
        return await found.Task;

        void Look()
        {
            var list = present.ToArray();
            if (wanted(list))
            {
                found.TrySetResult(list);
            }
        }
    }

    /// <summary>Everything that was said, the oldest first.</summary>
    public static async Task<List<string>> ReadAllAsync(this Room room)
    {
        var texts = await room.Timeline.BackwardsAsync().Select(static entry => entry.Status == EntryStatus.Readable ? entry.ReadChat().Text : $"[{entry.Code ?? "deleted"}]").ToListAsync();
        texts.Reverse();
        return texts;
    }
}
