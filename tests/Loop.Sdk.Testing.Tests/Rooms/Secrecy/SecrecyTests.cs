using System.Buffers.Text;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Handshake;
using Loop.Sdk.Rooms;
using Loop.Sdk.Server;
using Loop.Sdk.Testing.Tests.Rooms.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Testing.Tests.Rooms.Secrecy;

[TestClass]
[DoNotParallelize]
public sealed class SecrecyTests
{
    private static readonly string[] Texts =
    [
        "Zeppelin-Plans-7341", "Zeppelin-Plans-9052", "A description of airships", "https://airships.example/secret-page", "Good morning, Hindenburg", "Good evening, Hindenburg",
        "Said under the second key", "Said by the new owner", "Ada of the Airships", "Bob of the Balloons", "Carol of the Clouds", "Which zeppelin do you fly?",
    ];

    [TestMethod]
    public async Task The_server_and_the_diagnostics_get_neither_keys_nor_what_is_said()
    {
        var folder = Directory.CreateTempSubdirectory("loop-secrecy-");
        using var recording = new Recording();
        var needles = new Needles();
        Array.ForEach(Texts, needles.Add);
        try
        {
            await using (var app = await StartAsync(recording, Path.Combine(folder.FullName, "rooms.db")))
            {
                await UseRoomsAsync(app.Urls.First().Replace("http:", "ws:", StringComparison.Ordinal) + "/loop", recording, needles);

                // What is still in the write-ahead log, before it is closed.
                Record(recording, folder);
            }

            Record(recording, folder);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        var said = recording.Said.ToList();
        foreach (var place in new[] { "received", "sent", "stored", "log", "trace", "metric" })
        {
            Assert.IsTrue(said.Any(item => item.Where == place && item.Bytes.Length > 0), $"Nothing was {place}.");
        }

        // A message in several pieces is looked at as a whole as well.
        said.AddRange(said.GroupBy(static item => item.Where).Select(static group => (group.Key, group.SelectMany(static item => item.Bytes).ToArray())).ToList());
        foreach (var (where, bytes) in said)
        {
            Assert.AreEqual("", string.Join(", ", needles.FoundIn(bytes)), $"Found in what was {where}.");
        }
    }

    [TestMethod]
    public void The_search_finds_what_is_planted()
    {
        var needles = new Needles();
        using var key = RoomKey.Generate();
        needles.Add(key);
        needles.Add(Texts[0]);
        var bytes = new byte[32];
        key.Export(bytes);
        byte[] text = System.Text.Encoding.UTF8.GetBytes(Texts[0]);

        foreach (var secret in new[] { bytes, text })
        {
            foreach (byte[] planted in new byte[][] { secret, [1, .. secret, 2], [1, 2, .. secret, 3] })
            {
                Assert.HasCount(1, needles.FoundIn(planted).Distinct().ToList());
                foreach (var form in new[] { Convert.ToHexString(planted), Convert.ToHexStringLower(planted), Convert.ToBase64String(planted), Base64Url.EncodeToString(planted) })
                {
                    Assert.HasCount(1, needles.FoundIn(System.Text.Encoding.ASCII.GetBytes($"log: {form}!")).Distinct().ToList(), form);
                }
            }
        }

        bytes[5] ^= 1;
        Assert.HasCount(0, needles.FoundIn(bytes).ToList());

        // And the recording has what is said to it in every way.
        using var recording = new Recording();
        using var source = new System.Diagnostics.ActivitySource("planted");
        using (var activity = source.StartActivity("planted"))
        {
            activity!.SetTag("name", Texts[0]);
        }

        recording.Log(LogLevel.Information, default, Texts[0], null, static (name, _) => $"A room with the name {name}.");
        Assert.IsTrue(recording.Said.Any(item => item.Where == "trace" && needles.FoundIn(item.Bytes).Any()));
        Assert.IsTrue(recording.Said.Any(item => item.Where == "log" && needles.FoundIn(item.Bytes).Any()));
    }

    private static async Task<WebApplication> StartAsync(Recording recording, string file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(recording);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddLoopServer(static options => options.AllowAnonymous = true).AddCredentialValidator<FakeCredentialValidator>().AddRooms().UseSqlite(file);
        var app = builder.Build();
        app.UseWebSockets();
        app.Use((context, next) =>
        {
            context.Features.Set(recording.Of(context.Features.GetRequiredFeature<IHttpWebSocketFeature>()));
            return next(context);
        });
        app.MapLoop("/loop");
        await app.StartAsync();
        return app;
    }

    private static async Task UseRoomsAsync(string endpoint, Recording recording, Needles needles)
    {
        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(recording));
        using var ownerKey = OwnerKey.Generate();
        using var carolsKey = OwnerKey.Generate();
        needles.Add(ownerKey);
        needles.Add(carolsKey);
        await using var ada = Connect("ada", Texts[8], ownerKey);
        await using var bob = Connect(null, Texts[9], null);
        await using var carol = Connect("carol", Texts[10], carolsKey);

        await using var room = await ada.Rooms.CreateAsync(new NewRoom
        {
            Context = new RoomContext { RoomName = Texts[0], Description = Texts[2], Urls = [new RoomContextUrl { Location = Texts[3] }] },
        });
        await room.JoinAsync();
        using var first = room.CreateLink();
        needles.Add(first.Key!);
        await using var bobs = await bob.Rooms.JoinAsync(first);
        await using var carols = await carol.Rooms.JoinAsync(first);
        await bobs.Timeline.SayAsync(Texts[4]);
        await bobs.Timeline.EditAsync((await bobs.Timeline.PageAsync()).Entries[0], Texts[5]);
        await room.Timeline.AppendAsync(Poll.Kind, new Poll(Texts[11], [Texts[0]]), PollJson.Default.Poll);
        await bobs.Timeline.SetTypingAsync(true);
        await carols.Timeline.SignalAsync("example.cursor", Texts[4], PollJson.Default.String);
        await room.RotateKeyAsync();
        using var second = room.CreateLink();
        needles.Add(second.Key!);
        await bobs.UntilAsync(static details => details.Epoch == 2);
        await bobs.Timeline.SayAsync(Texts[6]);
        await room.TransferAsync(carols.ParticipantId!);
        await carols.UntilAsync(details => details.Context.Author == carols.MemberId);
        await carols.UpdateAsync(new RoomChanges { Context = new RoomContext { RoomName = Texts[1] } });
        await carols.KickAsync((await carols.UntilPresentAsync(static present => present.Count == 3)).Single(static participant => participant.IsGuest).Id);
        using var third = carols.CreateLink();
        needles.Add(third.Key!);
        await carols.Timeline.SayAsync(Texts[7]);
        await room.UntilAsync(static details => details.Epoch == 3 && details.Name == Texts[1]);
        CollectionAssert.AreEqual(new[] { Texts[5], Texts[6], Texts[7] }, await Said(room));

        ChannelClient Connect(string? account, string name, OwnerKey? key)
        {
            var options = new ChannelClientOptions
            {
                Endpoint = new Uri(endpoint),
                CredentialsProvider = account is null ? null : _ => ValueTask.FromResult<Credentials?>(FakeCredentials.Of(account)),
            };
            options.UseRooms(rooms =>
            {
                rooms.DisplayName = name;
                rooms.OwnerKey = key;
                rooms.RoomUrl = new Uri("https://hello.example/r");
                rooms.Memory = needles;
            });
            return ChannelClient.Create(options, logs);
        }

        static async Task<List<string>> Said(Room room) =>
            await room.Timeline.BackwardsAsync().Where(static entry => entry.Kind == EntryKinds.Chat).Select(static entry => entry.ReadChat().Text).Reverse().ToListAsync();
    }

    private static void Record(Recording recording, DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            recording.Add("stored", copy.ToArray());
        }
    }
}
