namespace Loop.Sdk.WebRtc;

/// <summary>A signal for one participant. Whom it is from, the server says.</summary>
public sealed record AddressedSignal
{
    /// <summary>The room's token.</summary>
    public required string Token { get; init; }

    /// <summary>The participation's id that it is for.</summary>
    public required string To { get; init; }

    /// <summary>The version under which it was sealed: one more than that of the signal before, from this participation to that one.</summary>
    public required long Version { get; init; }

    /// <summary>The envelope: at most 64 KiB, unless the server says otherwise.</summary>
    public required ReadOnlyMemory<byte> Envelope { get; init; }
}
