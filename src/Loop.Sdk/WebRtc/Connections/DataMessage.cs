using System.Text;

namespace Loop.Sdk.WebRtc;

/// <summary>A message of a data channel. <see cref="Payload"/> is the channel's own memory: copy what is to outlive the step of the reader.</summary>
/// <param name="Payload">The bytes; of text, as UTF-8.</param>
/// <param name="Kind">Whether it was sent as text.</param>
public readonly record struct DataMessage(ReadOnlyMemory<byte> Payload, DataMessageKind Kind)
{
    /// <summary>The payload as text; bytes that are no UTF-8 become U+FFFD.</summary>
    public string ReadText() => Encoding.UTF8.GetString(Payload.Span);

    /// <summary>Its kind and size, and nothing of its content.</summary>
    public override string ToString() => $"{Kind}, {Payload.Length} B";
}
