using System.Text;
using Loop.Sdk.Fuzzing;
using Loop.Sdk.Harness;
using Loop.Sdk.Server.LoopApi;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.LoopApi.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.LoopApi.Proof;

[TestClass]
public sealed class RequestFuzzTests
{
    private const int Requests = 200_000;
    private const int ClockEvery = 500;
    private const int RenewEvery = 250;

    private static readonly (string Method, string Path, string Body)[] Sound =
    [
        ("POST", "/v0/registration", """{"simplePushURLs":{"rooms":"http://127.0.0.1:1/x","calls":"http://127.0.0.1:1/y"}}"""),
        ("POST", "/registration?simplePushURL=http://127.0.0.1:1/z", ""),
        ("DELETE", "/v1/registration", ""),
        ("POST", "/v0/rooms", """{"roomName":"Plans","roomOwner":"Ada","maxSize":3,"expiresIn":5,"channel":"nightly"}"""),
        ("POST", "/rooms", """{"roomOwner":"-","maxSize":"2","context":{"value":"YWJj","alg":"AES-GCM","wrappedKey":"a2V5"}}"""),
        ("GET", "/v0/rooms?version=1893456000", ""),
        ("PATCH", "/v0/rooms", """{"deleteRoomTokens":["{room}","AAAAAAAAAAA"]}"""),
        ("GET", "/v0/rooms/{room}", ""),
        ("PATCH", "/v0/rooms/{room}", """{"roomName":"Other","maxSize":4,"expiresIn":7}"""),
        ("PATCH", "/v1/rooms/{room}", """{"context":{"value":"YWJj","alg":"AES-GCM","wrappedKey":"a2V5"}}"""),
        ("DELETE", "/v0/rooms/{room}", ""),
        ("POST", "/v0/rooms/{room}", """{"action":"join","displayName":"Bob","clientMaxSize":4}"""),
        ("POST", "/v0/rooms/{room}", """{"action":"refresh"}"""),
        ("POST", "/v0/rooms/{room}", """{"action":"status","event":"x","state":"y","connections":1,"sendStreams":2,"recvStreams":3}"""),
        ("POST", "/v0/rooms/{room}", """{"action":"logDomain","domains":[{"domain":"a.example","count":1}]}"""),
        ("POST", "/v0/rooms/{room}", """{"action":"leave"}"""),
        ("POST", "/v0/calls", """{"calleeId":["bob",{"phoneNumber":"+49301234567","mcc":"262"}],"callType":"audio","subject":"Lunch"}"""),
        ("GET", "/v0/calls?version=1", ""),
        ("POST", "/v0/calls/AAAAAAAAAAA", """{"callType":"audio"}"""),
        ("PUT", "/v0/call-url/AAAAAAAAAAA", """{"callerId":"x"}"""),
        ("POST", "/v0/event", """{"event":"a","action":"b","label":"c"}"""),
        ("GET", "/v0/", ""),
        ("OPTIONS", "/v0/rooms", ""),
    ];

    /// <summary>Spoilt signatures, paths, bodies and headers, some of them signed after they were spoilt.</summary>
    [TestMethod]
    public async Task Requests_are_served_or_refused_whatever_comes()
    {
        var storage = new CountingStorage { IsMute = true };
        await using var world = await HttpWorld.StartAsync(
            static options => (options.MaxNoncesPerSession, options.MaxNonces) = (1_000_000, 10_000_000),
            builder => builder.Services.AddSingleton<ILoopApiStorage>(storage),
            static options => options.MaxRoomsPerOwner = 20);
        var pipeline = new ApiPipeline(world);
        var random = new SeededRandom(52);
        HttpUser[] users = [await world.UserAsync(), await world.UserAsync("ada")];
        var room = await users[0].CreateAsync();
        var guest = await world.JoinAsync(room);
        var statuses = new SortedDictionary<int, int>();
        for (var number = 0; number < Requests; number++)
        {
            if (number % ClockEvery == 0)
            {
                world.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            if (number % RenewEvery == 0)
            {
                (room, guest) = await RenewAsync(world, users[0], room, guest);
            }

            var (method, path, sound) = random.Pick<(string, string, string)>(Sound);
            path = path.Replace("{room}", room, StringComparison.Ordinal);
            path = random.Chance(20) ? Spoil(path, random) : path;
            var body = Encoding.UTF8.GetBytes(sound.Replace("{room}", room, StringComparison.Ordinal));
            body = random.Chance(60) ? Mutator.Mutate(body, random) : body;
            var type = random.Chance(90) ? "application/json" : random.Pick<string>(["application/x-www-form-urlencoded", "text/plain", ";;", ""]);
            var (status, text) = await pipeline.SendAsync(method, path, body, type, Headers(world, users, guest, method, path, type, body, random));
            Assert.IsTrue(status is >= 200 and < 500, $"Request {number}: {method} {path} {Encoding.UTF8.GetString(body)}: {status} {text}");
            Assert.DoesNotContain("   at ", text);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        foreach (var status in new[] { 200, 201, 204, 207, 307, 400, 401, 403, 404, 405, 410 })
        {
            Assert.IsGreaterThan(50, statuses.GetValueOrDefault(status), $"{status}");
        }
    }

    [TestMethod]
    public void Messages_of_calls_are_read_or_refused_whatever_comes()
    {
        var random = new SeededRandom(43);
        byte[][] sound =
        [
            [.. "{\"messageType\":\"hello\",\"callId\":\"x\",\"auth\":\"y\"}"u8], [.. "{\"messageType\":\"action\",\"event\":\"terminate\",\"reason\":\"busy\"}"u8], [.. "{\"messageType\":\"echo\",\"echo\":[1]}"u8],
        ];
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            if (CallMessage.Read(Mutator.Mutate(random.Pick<byte[]>(sound), random)) is { } message)
            {
                read++;
                Assert.IsNotNull(message.Missing("event"));
            }
        }

        Assert.IsGreaterThan(1000, read);
    }

    private static (string Name, string Value)[] Headers(
        HttpWorld world, HttpUser[] users, string guest, string method, string path, string type, byte[] body, SeededRandom random)
    {
        var url = new Uri("http://127.0.0.1:5000/");
        var user = random.Pick<HttpUser>(users);
        var authorization = random.Next(10) switch
        {
            < 6 => Sign(user, method, path, random.Chance(30) ? HawkSigner.Hash(type, Encoding.UTF8.GetString(body)) : null),
            6 => Spoil(Sign(user, method, path, null), random),
            7 => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(random.Chance(80) ? guest + ":" : Spoil(guest, random))),
            8 => random.Pick<string>(["Bearer token-of-ada", "Bearer x", "BrowserID y", "Basic %%%", "Hawk", "Digest a", "Basic"]),
            _ => "",
        };
        List<(string, string)> headers = authorization.Length == 0 ? [] : [("Authorization", authorization)];
        if (random.Chance(10))
        {
            headers.Add(("Accept", Spoil("application/json, */*;q=0.1", random)));
        }

        if (random.Chance(5))
        {
            headers.Add(("Origin", Spoil("https://app.example", random)));
        }

        return [.. headers];

        // As it stands in the request, which is what is signed.
        string Sign(HttpUser signer, string signed, string target, string? hash)
        {
            var nonce = HttpUser.NewNonce();
            var text = $"hawk.1.header\n{world.Second}\n{nonce}\n{signed}\n{target}\n{url.Host}\n{url.Port}\n{hash}\n\n";
            return $"Hawk id=\"{signer.Hawk.Id}\", ts=\"{world.Second}\", nonce=\"{nonce}\", mac=\"{signer.Hawk.Mac(text)}\"" + (hash is null ? "" : $", hash=\"{hash}\"");
        }
    }

    // What is gone is made again, so that there is something to spoil.
    private static async Task<(string Room, string Guest)> RenewAsync(HttpWorld world, HttpUser user, string room, string guest)
    {
        if ((await user.SendAsync("GET", $"/v0/rooms/{room}")).Status != 200)
        {
            foreach (var old in (await user.ListAsync()).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                await user.SendAsync("DELETE", $"/v0/rooms/{old}");
            }

            room = await user.CreateAsync(maxSize: 5);
        }

        if ((await world.ActAsync(room, guest, "refresh")).Status != 200)
        {
            var joined = await world.TryJoinAsync(room);
            guest = joined.Status == 200 ? joined.Json.GetProperty("sessionToken").GetString()! : guest;
        }

        return (room, guest);
    }

    // Kestrel lets no control characters through.
    private static string Spoil(string text, SeededRandom random) =>
        string.Concat(Encoding.Latin1.GetString(Mutator.Mutate(Encoding.Latin1.GetBytes(text), random)).Select(static character => character is < ' ' or > '~' ? '~' : character));
}
