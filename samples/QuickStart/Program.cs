using System.Diagnostics;
using Loop.Sdk;
using QuickStart;
using QuickStart.Board;
using QuickStart.Network;

const int Numbers = 200_000;

var watch = Stopwatch.StartNew();
await using var server = await EmbeddedServer.StartAsync();
await using var proxy = new BreakableProxy(server.Port);
Say("a server listens on loopback, and a proxy in front of it will play the bad network");

await using var alice = Connect("alice", proxy.Port);
await using var bob = Connect("bob", server.Port);
await Task.WhenAll(alice.ConnectAsync(), bob.ConnectAsync());
Say("alice (through the proxy) and bob are connected, each over one WebSocket");

// A feed: what is there, then every change.
await using var events = bob.Service<IBoard>().Watch().SubscribeAsync().GetAsyncEnumerator();
await events.MoveNextAsync();
Say($"bob watches the board: a snapshot of {events.Current.Snapshot.Items.Count} notes");

// A call.
var board = alice.Service<IBoard>();
var note = await board.PostAsync("Hello over one socket");
Say($"alice posted note {note.Id} as {note.Author}");
await events.MoveNextAsync();
Say($"bob sees the change at position {events.Current.Position.Offset}: \"{events.Current.Change.Put![0].Text}\"");

// Items both ways at once.
string[] words = ["knock", "who"];
await foreach (var answer in board.EchoAsync(words.ToAsyncEnumerable()))
{
    Say($"duplex: the server answers \"{answer}\"");
}

// A stream whose connection is cut in the middle.
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
        Say($"alice is at number {number:N0}: the network goes down, now");
        proxy.Cut();
    }
}

Say($"all {expected:N0} numbers arrived, in order, none lost and none twice; session resumed: {await resumed}");

// The feed goes on as well, and so do calls.
await board.PostAsync("Still here");
await events.MoveNextAsync();
Say($"bob sees the next change: \"{events.Current.Change.Put![0].Text}\"");

await alice.ReauthenticateAsync();
Say("alice presented a fresh token on the live socket: nothing was interrupted");

Say($"done in {watch.Elapsed.TotalSeconds:F1} s");
return 0;

void Say(string text) => Console.WriteLine($"[{watch.Elapsed.TotalSeconds,5:F2} s] {text}");

ChannelClient Connect(string name, int port) => ChannelClient.Create(new ChannelClientOptions
{
    Endpoint = new Uri($"ws://127.0.0.1:{port}/loop"),
    CredentialsProvider = _ => ValueTask.FromResult<Credentials?>(server.Tokens.Issue(name).ToCredentials()),
});

static async Task<bool> ResumedAsync(ChannelClient client)
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
