namespace Loop.Sdk.Cryptography.Vectors;

internal sealed record AesGcmVectors(AesGcmWrappedVector[] Wrapped, AesGcmTextVector[] Texts, AccountVector Account);

internal sealed record AesGcmWrappedVector(string ProfileKey, string WrappedKey, string RoomKey, string Value, string Text);

internal sealed record AesGcmTextVector(string Key, string? Iv, string Value, string Text);

internal sealed record AccountVector(string AccountKey, string ClientId, string Key);
