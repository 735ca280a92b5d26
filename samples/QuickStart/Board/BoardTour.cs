using Loop.Sdk;
using QuickStart.Network;
using QuickStart.Server;

namespace QuickStart.Board;

/// <summary>A service of the application's own: calls, streams, a feed, and a network that breaks.</summary>
internal static class BoardTour
{
    private const int Numbers = 200_000;

    public static async Task RunAsync(ServerProcess server, Output output)
    {
        await using var proxy = new BreakableProxy(server.Port);
        await using var alice = Client.Connect(server, "alice", port: proxy.Port);
        await using var bob = Client.Connect(server, "bob");
        await Task.WhenAll(alice.ConnectAsync(), bob.ConnectAsync());
        output.Say("alice (through a proxy that plays the bad network) and bob are connected, each over one WebSocket");

        // A feed: what is there, then every change.
        await using var events = bob.Service<IBoard>().Watch().SubscribeAsync().GetAsyncEnumerator();
        await events.MoveNextAsync();
        output.Say($"bob watches the board: a snapshot of {events.Current.Snapshot.Items.Count} notes");

        // A call.
        var board = alice.Service<IBoard>();
        var note = await board.PostAsync("Hello over one socket");
        output.Say($"alice posted note {note.Id} as {note.Author}");
        await events.MoveNextAsync();
        output.Say($"bob sees the change at position {events.Current.Position.Offset}: \"{events.Current.Change.Put![0].Text}\"");

        // Items both ways at once.
        string[] words = ["knock", "who"];
        await foreach (var answer in board.EchoAsync(words.ToAsyncEnumerable()))
        {
            output.Say($"duplex: the server answers \"{answer}\"");
        }

        await CountAsync(alice, board, proxy, output);

        // The feed goes on as well, and so do calls.
        await board.PostAsync("Still here");
        await events.MoveNextAsync();
        output.Say($"bob sees the next change: \"{events.Current.Change.Put![0].Text}\"");
        await alice.ReauthenticateAsync();
        output.Say("alice presented a fresh token on the live socket: nothing was interrupted");
    }

    // A stream whose connection is cut in the middle.
    private static async Task CountAsync(ChannelClient alice, IBoard board, BreakableProxy proxy, Output output)
    {
        var expected = 0;
        var resumed = ResumedAsync(alice);
        await foreach (var number in board.CountAsync(Numbers))
        {
            if (number != ++expected)
            {
                throw new InvalidOperationException($"Got {number} where {expected} was due.");
            }

            if (number == Numbers / 2)
            {
                output.Say($"alice is at number {number:N0}: the network goes down, now");
                proxy.Cut();
            }
        }

        output.Say($"all {expected:N0} numbers arrived, in order, none lost and none twice; session resumed: {await resumed}");
    }

    private static async Task<bool> ResumedAsync(ChannelClient client)
    {
        await foreach (var change in client.StateChanges())
        {
            if (change is { Previous: ChannelState.Connecting or ChannelState.Reconnecting, Current: ChannelState.Connected, Resumed: true })
            {
                return true;
            }
        }

        return false;
    }
}
