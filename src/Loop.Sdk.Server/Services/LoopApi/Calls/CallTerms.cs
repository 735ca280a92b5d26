namespace Loop.Sdk.Server.LoopApi;

/// <summary>Who calls whom, about what, and what each needs for it.</summary>
/// <param name="Id">The call's id.</param>
/// <param name="Caller">The caller's account.</param>
/// <param name="Callees">The callees' accounts.</param>
/// <param name="CallType"><c>audio</c> or <c>audio-video</c>.</param>
/// <param name="Subject">What it is about, or null.</param>
/// <param name="CallerToken">Lets the caller's devices connect to the call.</param>
/// <param name="CalleeToken">Lets the callees' devices.</param>
/// <param name="CalleeMedia">What a callee needs for media.</param>
/// <param name="CreatedAt">When it began, ms since 1970.</param>
internal sealed record CallTerms(
    string Id, string Caller, IReadOnlyList<string> Callees, string CallType, string? Subject, string CallerToken, string CalleeToken, LoopMediaSession CalleeMedia, long CreatedAt)
{
    public override string ToString() => $"call {Id}";
}
