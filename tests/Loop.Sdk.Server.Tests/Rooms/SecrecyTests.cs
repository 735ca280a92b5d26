using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.Rooms.Harness;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class SecrecyTests
{
    [TestMethod]
    public async Task Neither_tokens_nor_credentials_nor_keys_are_logged()
    {
        await using var world = await RoomsWorld.StartAsync();
        var (ada, guest) = (world.User("ada"), world.User(null));
        var room = await RoomsWorld.CreateAsync(ada, static room => room with { WrappedKey = "wrapped-secret" });
        var joined = await guest.JoinAsync(room.Token, "Gus", member: Sealed.Member("m-gus"));
        await guest.Timeline.AppendAsync(Sealed.Entry(room.Token, "m-gus", "k1"));
        await guest.JoinAsync(room.Token, guest: joined.Guest!.Credential + "x").CodeAsync();
        await using var seen = ada.Participants(room.Token);
        await seen.ReadyAsync();
        await ada.Rooms.KickAsync(new KickParticipant { Token = room.Token, Participant = joined.Participant.Id, Bar = true });
        await seen.UntilAsync(static state => state.Count == 0);
        await ada.Rooms.DeleteAsync(new DeleteRooms([room.Token]));

        Assert.IsTrue(world.Logs.Entries.Any(static entry => entry.Contains("joined a room", StringComparison.Ordinal)));
        string[] secrets = [room.Token, joined.Guest.Credential.Split('.')[1], joined.Guest.Credential.Split('.')[2], "wrapped-secret", room.Context!.Value];
        foreach (var secret in secrets)
        {
            Assert.IsFalse(world.Logs.Entries.Any(entry => entry.Contains(secret, StringComparison.Ordinal)), "A secret was logged.");
        }
    }

    [TestMethod]
    public async Task Guests_secret_is_stored_as_a_hash()
    {
        await using var world = await RoomsWorld.StartAsync();
        var token = (await RoomsWorld.CreateAsync(world.User("ada"))).Token;
        var parts = (await world.User(null).JoinAsync(token)).Guest!.Credential.Split('.');
        var stored = await world.Storage.Members.GetGuestAsync(token, parts[1], world.Now, CancellationToken.None);
        var secret = System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]);
        Assert.HasCount(32, secret);
        CollectionAssert.AreEqual(System.Security.Cryptography.SHA256.HashData(secret), stored!.SecretHash.ToArray());
    }
}
