using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Push;

/// <summary>A message that goes to its agent now.</summary>
/// <param name="Message">The message.</param>
/// <param name="IsStored">Whether it waited in the store before.</param>
internal readonly record struct TakenMessage(PushMessageRecord Message, bool IsStored);
