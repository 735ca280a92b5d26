namespace Loop.Sdk.Server.Storage;

/// <summary>A room's next key, sealed to one member.</summary>
/// <param name="Member">To whom.</param>
/// <param name="Epoch">The new epoch.</param>
/// <param name="Author">By whom.</param>
/// <param name="Payload">The envelope.</param>
public sealed record RotationNotice(string Member, int Epoch, string Author, ReadOnlyMemory<byte> Payload);
