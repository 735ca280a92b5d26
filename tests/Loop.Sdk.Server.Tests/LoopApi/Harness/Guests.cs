namespace Loop.Sdk.Server.Tests.LoopApi.Harness;

internal static class Guests
{
    /// <summary>Somebody without a session asks to join.</summary>
    public static Task<ApiAnswer> TryJoinAsync(this HttpWorld world, string room, string name = "Bob", int size = 5) =>
        world.SendAsync("POST", $"/v0/rooms/{room}", $$"""{"action":"join"{{HttpUser.Joining(name, size)}}}""");

    /// <summary>Somebody without a session joins.</summary>
    /// <returns>The guest's token.</returns>
    public static async Task<string> JoinAsync(this HttpWorld world, string room, string name = "Bob", int size = 5)
    {
        var answer = await world.TryJoinAsync(room, name, size);
        Assert.AreEqual(200, answer.Status, answer.Text);
        return answer.Json.GetProperty("sessionToken").GetString()!;
    }

    /// <summary>A guest does something.</summary>
    public static Task<ApiAnswer> ActAsync(this HttpWorld world, string room, string guest, string action, string more = "", bool colon = true) =>
        world.GuestAsync("POST", $"/v0/rooms/{room}", $$"""{"action":"{{action}}"{{more}}}""", guest, colon);

    /// <summary>Moves the clock to where participations have expired.</summary>
    public static void ExpireAll(this HttpWorld world) => world.Clock.Advance(TimeSpan.FromSeconds(301));
}
