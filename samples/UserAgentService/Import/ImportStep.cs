namespace UserAgentService.Import;

/// <summary>How far an import is, or what came of it.</summary>
/// <param name="Text">In words.</param>
public sealed record ImportStep(string Text);
