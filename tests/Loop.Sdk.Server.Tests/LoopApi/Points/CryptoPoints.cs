using System.Buffers.Text;
using System.Text.Json;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server.Tests.LoopApi.Harness;

namespace Loop.Sdk.Server.Tests.LoopApi.Points;

/// <summary>The points of the specification about contexts, which the server keeps as they are: what goes in over HTTP is opened on the other side.</summary>
[TestClass]
public sealed class CryptoPoints
{
    private const string Key = "Wt2-bZKeHO2wnaq00ZM6Nw";
    private const string Profile = "uGIs-kGbYt1hBBwjyW7MLQ";
    private const string Long =
        "AAECAwQFBgcICQoLy9FcMwg7sjK3JKOPdmETdE2S0ZfK70BV8TpEXoYfq3032FDxUxaiGMC74te0\r\n9GTxWXM4xk6c+/aYJACY2DMjBC0AKoOoIrWwRe8HfxhKiLXnRxYj9XNbAYK5hfQBVYxDsEOuhWy8\r\n"
        + "ZwdU/sSeAPrMr3s2I6r5eouuGLHy3JGBNvkEi/tJcbq9";

    [TestMethod]
    [DataRow("F3V27oPB+FgjFbVPML2PupONYqoIZ53XRU4BqG46Lr3eyIGumgCEqgjSe/MXAXiQ//8=", "df7B4SNxhOI44eJjQavCevADyCCxz6/DEZbkOkRUMVUxzS42FbzN6C2PqmCKDYUGyCJTwJ0jln8TLw==", "First Room Name")]
    [DataRow("AFu7WwFNjhWR5J6L8ks7S6H/1ktYVEw3yt1eIIWVaMabZaB3vh5612/FNzua4oS2oCM=", "sqj+xRNEty8K3Q1gSMd5bIUYKu34JfiO2+LIMlJrOetFIbJdBoQ+U8JZNaTFl6Qp3RULZ41x0zeSBSk=", "Loopy Discussion")]
    public async Task P48_Published_vectors_come_through(string wrapped, string value, string name)
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var context = (await user.GetAsync(await CreateAsync(user, value, wrapped))).GetProperty("context");
        Assert.AreEqual("AES-GCM", context.GetProperty("alg").GetString());
        using var profile = OwnerKey.Import(Base64Url.DecodeFromChars(Profile));
        using var room = profile.Unwrap("any", "AES-GCM", context.GetProperty("wrappedKey").GetString()!);
        Assert.AreEqual(name, AesGcmEnvelope.OpenContext(room, context.GetProperty("value").GetString()!).RoomName);
    }

    [TestMethod]
    public async Task P49_Line_breaks_may_be_there_or_not()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        foreach (var value in new[] { Long, Long.Replace("\r\n", "", StringComparison.Ordinal) })
        {
            var context = (await user.GetAsync(await CreateAsync(user, value))).GetProperty("context").GetProperty("value").GetString()!;
            Assert.AreEqual(value, context);
            Assert.AreEqual("Say Hello \U0001F600", Open(context).RoomName);
        }
    }

    [TestMethod]
    public async Task P50_Characters_beyond_the_basic_plane_are_read_in_both_encodings()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        using var key = RoomKey.ImportAesGcm(Base64Url.DecodeFromChars(Key));
        var surrogates = await ReadAsync(user, AesGcmEnvelope.Seal(key, "{\"roomName\":\"\U0001F600\"}"));
        var escapes = await ReadAsync(user, AesGcmEnvelope.Seal(key, "{\"roomName\":\"\\uD83D\\uDE00\"}"));
        Assert.AreEqual(("\U0001F600", "\U0001F600"), (surrogates, escapes));
    }

    [TestMethod]
    public async Task P51_Profile_key_of_256_bits_wraps_a_room_key()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var wrapped = "AAECAwQFBgcICQoLob4lNZY44DbrmjcPERXBO8yZicWjlCTL8JKhgoFUNNmitaUlxwo=";
        var context = (await user.GetAsync(await CreateAsync(user, Long, wrapped))).GetProperty("context");
        using var profile = OwnerKey.Import(Base64Url.DecodeFromChars("vy0Bpre1RTji9HwGOURngWvk2wm88lat2PZgJF5lPkQ"));
        using var room = profile.Unwrap("any", "AES-GCM", context.GetProperty("wrappedKey").GetString()!);
        using var link = RoomLink.Create(new Uri("https://hello.example/x"), room);
        Assert.EndsWith("#FliIGLUolW-xkKZVWstqKw", link.ToLink());
    }

    [TestMethod]
    public async Task P52_Wrong_key_is_told_and_the_room_can_be_used()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        var token = await CreateAsync(user, Long);
        await using (var right = await world.Channel(null).Rooms.JoinAsync($"https://hello.example/{token}#{Key}"))
        {
            Assert.AreEqual("Say Hello \U0001F600", right.Details.Name);
        }

        await using var wrong = await world.Channel(null).Rooms.JoinAsync($"https://hello.example/{token}#{Profile}");
        Assert.AreEqual((ContextStatus.Unreadable, ErrorCodes.WrongKey), (wrong.Details.Context.Status, wrong.Details.Context.Code));
        Assert.AreEqual(1, (await user.GetAsync(token)).GetProperty("participants").GetArrayLength());
    }

    private static RoomContext Open(string value)
    {
        using var key = RoomKey.ImportAesGcm(Base64Url.DecodeFromChars(Key));
        return AesGcmEnvelope.OpenContext(key, value);
    }

    private static async Task<string?> ReadAsync(HttpUser user, string value) =>
        Open((await user.GetAsync(await CreateAsync(user, value))).GetProperty("context").GetProperty("value").GetString()!).RoomName;

    private static async Task<string> CreateAsync(HttpUser user, string value, string wrapped = "d3JhcHBlZA==")
    {
        var answer = await user.SendAsync("POST", "/v0/rooms", $$$"""{"roomOwner":"-","maxSize":4,"context":{"value":{{{JsonSerializer.Serialize(value)}}},"alg":"AES-GCM","wrappedKey":"{{{wrapped}}}"}}""");
        return answer.Json.GetProperty("roomToken").GetString()!;
    }
}
