using System.Net;
using System.Security.Cryptography;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;
using Loop.Sdk.WebRtc;
using QuickStart.Server;

namespace QuickStart.Mesh;

/// <summary>Two who are in a room find a direct path, over which they chat and send a file. Then there is no server any more, and they go on.</summary>
internal static class MeshTour
{
    private const int FileSize = 4 * 1024 * 1024;

    public static async Task RunAsync(ServerProcess server, Output output)
    {
        using var ownerKey = OwnerKey.Generate();
        await using var alice = Client.Connect(server, "alice", rooms =>
        {
            rooms.OwnerKey = ownerKey;
            rooms.DisplayName = "Alice";
            rooms.RoomUrl = new Uri("https://rooms.example/r");
        });
        await using var room = await alice.Rooms.CreateAsync(new NewRoom());
        await room.JoinAsync();
        using var link = room.CreateLink();
        await using var guest = Client.ConnectGuest(server, rooms => rooms.DisplayName = "Bob");
        await using var joined = await guest.Rooms.JoinAsync(link.ToLink());

        using var engine = new PeerConnectionFactory();
        var options = new MeshOptions { Factory = engine, Connection = new PeerConnectionOptions { LocalAddresses = [IPAddress.Loopback] } };
        await using var alicesMesh = await room.JoinMeshAsync(options);
        await using var bobsMesh = await joined.JoinMeshAsync(options);
        await using var toAlice = alicesMesh.Chat.MessagesAsync().GetAsyncEnumerator();
        await using var toBob = bobsMesh.Chat.MessagesAsync().GetAsyncEnumerator();
        await ConnectedAsync(alicesMesh);
        await ConnectedAsync(bobsMesh);
        output.Say("alice and bob found a direct path, by signals that the server cannot read or change");
        await SayAsync(alicesMesh, toBob, "bob", "Can you hear me without a server?", output);
        await SendFileAsync(alicesMesh, bobsMesh, output);

        await server.KillAsync();
        output.Say("the server is killed, and stays so");
        await SayAsync(bobsMesh, toAlice, "alice", "I can. Still here?", output);
        await SayAsync(alicesMesh, toBob, "bob", "Still here.", output);
    }

    private static async Task ConnectedAsync(RoomMesh mesh)
    {
        await foreach (var _ in mesh.Peers.SubscribeAsync())
        {
            if (mesh.CurrentPeers.Any(static peer => peer.State == MeshPeerState.Connected))
            {
                return;
            }
        }
    }

    private static async Task SayAsync(RoomMesh from, IAsyncEnumerator<MeshText> to, string listener, string text, Output output)
    {
        await from.Chat.SayAsync(text);
        await to.MoveNextAsync();
        var heard = to.Current;
        output.Say($"  {listener} hears {heard.Peer.DisplayName}: \"{heard.Message.Message}\" ({heard.Peer.Path.ToString().ToLowerInvariant()})");
    }

    private static async Task SendFileAsync(RoomMesh from, RoomMesh to, Output output)
    {
        var content = RandomNumberGenerator.GetBytes(FileSize);
        using var source = new MemoryStream(content);
        using var received = new MemoryStream();
        var sending = from.Files.SendAsync(from.CurrentPeers.Single().Id, "photos.zip", source);
        await foreach (var offer in to.Files.OffersAsync())
        {
            await offer.AcceptAsync(received);
            output.Say($"  {offer.Peer.DisplayName} sent {offer.Name}, {offer.Size / 1024} KiB, over the data channel");
            break;
        }

        await sending;
        if (!received.ToArray().AsSpan().SequenceEqual(content))
        {
            throw new InvalidOperationException("The file is not what was sent.");
        }
    }
}
