using Loop.Sdk.Server;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>What the server has besides the bench's own service where user agents are measured.</summary>
internal static class UserAgentSetup
{
    /// <summary>A large history in a SQLite file, every write on the disk before it is answered.</summary>
    public static LoopServerTarget CreateOnFile() => new(static builder => builder.AddCredentialValidator<NameCredentials>().AddUserAgent().UseSqlite(UserAgentData.Copy()));
}
