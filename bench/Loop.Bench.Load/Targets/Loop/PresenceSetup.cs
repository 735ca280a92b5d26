using Loop.Sdk.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>What the server has besides the bench's own service where presence is measured. A broken connection is an outage at once: sessions are not resumed, and members have no grace.</summary>
internal static class PresenceSetup
{
    public const string Kind = "bench";

    public static LoopServerTarget Create() => new(Add);

    private static void Add(ILoopServerBuilder builder)
    {
        builder.Services.Configure<LoopServerOptions>(static options => options.ResumeWindow = TimeSpan.Zero);
        builder.AddCredentialValidator<NameCredentials>().AddPresence(static options =>
        {
            options.AllowTopics(Kind);
            options.Grace = TimeSpan.Zero;
        });
    }
}
