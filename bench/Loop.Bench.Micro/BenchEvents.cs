using Loop.Sdk;
using Loop.Sdk.Frames;
using Loop.Sdk.Handshake;
using Loop.Sdk.Sessions;

namespace Loop.Bench.Micro;

internal sealed class BenchEvents : ISessionEvents
{
    /// <summary>Whether streams opened from now on answer their first message.</summary>
    public bool Answers { get; set; }

    public void OnOutput(bool alone)
    {
    }

    public SessionStream OnOpen(in OpenHeader header) => new BenchStream(Answers);

    public void OnAuth(Credentials credentials)
    {
    }

    public void OnAuthResult(AuthResult result)
    {
    }

    public void OnGoAway(GoAway goAway)
    {
    }

    public void OnOverflow(LoopException reason) => throw reason;
}
