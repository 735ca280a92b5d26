namespace Loop.Sdk.Push;

/// <summary>A message in the encoding <c>aesgcm</c>, with the headers that belong to it.</summary>
/// <param name="Body">The body to post, with <c>Content-Encoding: aesgcm</c>.</param>
/// <param name="Encryption">The header <c>Encryption</c>: the salt.</param>
/// <param name="CryptoKey">The header <c>Crypto-Key</c>: the sender's key. A key of VAPID may be added to it.</param>
public sealed record LegacyWebPushMessage(ReadOnlyMemory<byte> Body, string Encryption, string CryptoKey);
