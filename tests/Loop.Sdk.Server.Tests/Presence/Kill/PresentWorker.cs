using Loop.Sdk.Presence;
using Loop.Sdk.Server.Tests.Rooms.Kill;

namespace Loop.Sdk.Server.Tests.Presence.Kill;

/// <summary>The process that is killed: a client that is present in a scope.</summary>
internal static class PresentWorker
{
    public const string Name = "present-client";

    /// <summary>Printed once it is present.</summary>
    public const string Ready = "ready";

    public static async Task RunAsync(Uri address, string account, string scope)
    {
        await using var channel = ChannelClient.Create(new ChannelClientOptions
        {
            Endpoint = address,
            CredentialsProvider = _ => ValueTask.FromResult<Credentials?>(NamedCredentials.Of(account)),
        });
        await using var entry = await channel.Presence.EnterAsync(scope);
        Console.WriteLine(Ready);

        // Whoever started this ends with it.
        while (await Console.In.ReadLineAsync() is not null)
        {
        }
    }
}
