namespace Loop.Sdk.Server.LoopApi;

/// <summary>A change that a user's clients are to hear of.</summary>
internal readonly record struct ChangeNotice(string User, string Topic, long Second);
