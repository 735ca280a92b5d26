namespace Loop.Sdk.WebRtc.Stun;

/// <summary>Where randomness comes from: <c>RandomNumberGenerator.Fill</c>, or a seed in tests.</summary>
/// <param name="bytes">What to fill.</param>
internal delegate void FillRandom(Span<byte> bytes);
