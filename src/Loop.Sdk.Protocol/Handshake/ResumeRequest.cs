namespace Loop.Sdk.Handshake;

/// <summary>The part of a hello that asks to go on with a session.</summary>
internal sealed record ResumeRequest(string Session, string Secret, ulong Received)
{
    public override string ToString() => $"resume {Session} at {Received}";
}
