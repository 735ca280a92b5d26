namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Fills memory with random bytes: the system's generator, or a seeded one in tests.</summary>
internal delegate void RandomSource(Span<byte> destination);
