namespace Loop.Sdk.Server;

/// <summary>Something that happened to a session, and who is to hear of it.</summary>
/// <param name="Change">What happened.</param>
/// <param name="End">How the session ended, if it did.</param>
/// <param name="Observers">Who observed the session at that moment.</param>
internal readonly record struct SessionNews(SessionChange Change, SessionEnd? End, ISessionObserver[] Observers)
{
    public ValueTask TellAsync(ISessionObserver observer, LoopSession session) => Change switch
    {
        SessionChange.Connected => observer.ConnectedAsync(session),
        SessionChange.Disconnected => observer.DisconnectedAsync(session),
        SessionChange.Resumed => observer.ResumedAsync(session),
        _ => observer.EndedAsync(session, End!),
    };
}
