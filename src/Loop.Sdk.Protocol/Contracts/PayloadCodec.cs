using System.Text.Json.Serialization;

namespace Loop.Sdk.Contracts;

/// <summary>The payload codecs that generated code asks for.</summary>
public static class PayloadCodec
{
    /// <summary>No bytes at all.</summary>
    public static PayloadCodec<Nothing> Nothing { get; } = new NothingCodec();

    /// <summary>The bytes as they are.</summary>
    public static PayloadCodec<ReadOnlyMemory<byte>> Raw { get; } = new RawCodec();

    /// <summary>UTF-8 JSON by a source-generated context.</summary>
    /// <typeparam name="T">The type, which the context must know.</typeparam>
    /// <param name="context">The application's JSON context.</param>
    /// <exception cref="ArgumentException">The context does not know the type.</exception>
    public static PayloadCodec<T> Json<T>(JsonSerializerContext context) => JsonCodec<T>.For(context);
}
