using System.Text.Json.Serialization.Metadata;

namespace Loop.Sdk.Push;

/// <summary>A message whose content is a value of the application's own type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="Message">The message.</param>
/// <param name="Value">The value; the default if there is an <paramref name="Error"/>.</param>
/// <param name="Error">Why there is no value (<c>invalid_payload</c>); null if there is one.</param>
public sealed record ReceivedPush<T>(ReceivedPush Message, T? Value, LoopException? Error)
{
    internal static ReceivedPush<T> Of(ReceivedPush message, JsonTypeInfo<T> type)
    {
        try
        {
            return new(message, message.Read(type), Error: null);
        }
        catch (LoopException error)
        {
            return new(message, default, error);
        }
    }
}
