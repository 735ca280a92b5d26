using System.Text;
using Loop.Sdk.Server.Tests.LoopApi.Harness;

namespace Loop.Sdk.Server.Tests.LoopApi;

/// <summary>Bodies that are none.</summary>
[TestClass]
public sealed class BodyTests
{
    [TestMethod]
    public async Task Malformed_bodies_are_refused_before_they_do_anything()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        foreach (var body in new[]
        {
            "{", "nothing", "7", "\"x\"", "null", "true", "{\"a\":NaN}", "{\"a\":Infinity}", "{'a':1}", "{\"a\":1,}", "{\"a\":1}x", "{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}", "// x\n{}",
            new string('[', 5000), string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100),
        })
        {
            Assert.AreEqual("400/106", (await user.SendAsync("POST", "/v0/rooms", body)).Code, body[..Math.Min(body.Length, 40)]);
        }

        Assert.AreEqual("", await user.ListAsync());
    }

    [TestMethod]
    public async Task Bodies_that_are_no_text_are_refused()
    {
        await using var world = await HttpWorld.StartAsync();
        using var http = new HttpClient();
        using var content = new ByteArrayContent([.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var response = await http.PostAsync(new Uri(world.Address, "/v0/registration"), content);
        Assert.AreEqual("400/106", (await ApiAnswer.ReadAsync(response)).Code);
    }

    [TestMethod]
    public async Task Values_of_other_kinds_are_invalid()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        foreach (var more in new[]
        {
            "\"roomOwner\":7", "\"roomOwner\":null", "\"roomOwner\":[\"x\"]", $"\"roomOwner\":\"{new string('x', 256)}\"", "\"roomOwner\":\"a\\u0000b\"", "\"roomOwner\":\"\\u202Ex\"",
            "\"roomName\":7", $"\"roomName\":\"{new string('x', 101)}\"", "\"channel\":{}", $"\"channel\":\"{new string('x', 257)}\"", "\"channel\":\"\\u0000\"",
            "\"maxSize\":99999999999999999999", "\"expiresIn\":1e400", "\"expiresIn\":\"\"",
        })
        {
            var answer = await user.SendAsync("POST", "/v0/rooms", $$"""{"roomName":"x","roomOwner":"Ada","maxSize":2,{{more}}}""");
            Assert.AreEqual("400/107", answer.Code, more);
        }

        var room = await user.CreateAsync();
        foreach (var joining in new[] { ""","displayName":7,"clientMaxSize":2""", ""","displayName":"x","clientMaxSize":"many" """, ""","displayName":"x","clientMaxSize":1.5""", $",\"displayName\":\"{new string('x', 101)}\",\"clientMaxSize\":2" })
        {
            Assert.AreEqual("400/107", (await user.ActAsync(room, "join", joining)).Code, joining);
        }

        Assert.AreEqual("400/108", (await user.ActAsync(room, "join", ""","displayName":"x" """)).Code);
    }

    [TestMethod]
    public async Task Body_of_another_kind_has_no_members_and_a_form_has_texts()
    {
        await using var world = await HttpWorld.StartAsync();
        var user = await world.UserAsync();
        Assert.AreEqual("400/108", (await SendAsync("text/plain", """{"roomName":"x","roomOwner":"Ada","maxSize":2}""")).Code);
        Assert.AreEqual(201, (await SendAsync("application/x-www-form-urlencoded", "roomName=x%20y&roomOwner=Ada&maxSize=2")).Status);
        Assert.AreEqual(201, (await SendAsync("Application/JSON; charset=UTF-8", """{"roomName":"x","roomOwner":"Ada","maxSize":2}""")).Status);
        Assert.AreEqual("400/107", (await SendAsync("application/x-www-form-urlencoded", "roomName=x&roomOwner=Ada&maxSize=%00")).Code);

        Task<ApiAnswer> SendAsync(string type, string body) =>
            world.SendAsync("POST", "/v0/rooms", body, ("Authorization", user.Sign("POST", "/v0/rooms")), ("Content-Type", type));
    }

    [TestMethod]
    public async Task Body_without_a_length_is_bounded_too()
    {
        await using var world = await HttpWorld.StartAsync();
        using var http = new HttpClient();
        foreach (var (length, code) in new[] { (100, "400/106"), (100 * 1024, "400/106"), ((100 * 1024) + 1, "413/113"), (1_000_000, "413/113") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Address, "/v0/registration"));
            request.Content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(new string('[', length))));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            request.Headers.TransferEncodingChunked = true;
            using var response = await http.SendAsync(request);
            Assert.AreEqual(code, (await ApiAnswer.ReadAsync(response)).Code, $"{length}");
        }
    }
}
