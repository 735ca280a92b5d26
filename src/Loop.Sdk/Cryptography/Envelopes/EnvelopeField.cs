namespace Loop.Sdk.Cryptography;

/// <summary>What a <c>loop.v2</c> envelope is for. Each field has a key of its own, and ciphertext of one does not open as another.</summary>
public enum EnvelopeField
{
    /// <summary>The room's context.</summary>
    Context,

    /// <summary>An entry of the timeline. May be read in old epochs.</summary>
    Timeline,

    /// <summary>A passing signal: typing, a read marker, a cursor. Each version from an author is taken once.</summary>
    Signal,

    /// <summary>WebRTC signalling from one member to another. Each version from an author is taken once.</summary>
    Signalling,

    /// <summary>A member's public keys and name.</summary>
    Member,

    /// <summary>The next epoch's key, for one member.</summary>
    Rotation,
}
