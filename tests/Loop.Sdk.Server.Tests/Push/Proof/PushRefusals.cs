namespace Loop.Sdk.Server.Tests.Push.Proof;

/// <summary>
/// Everything bad that a push service can be sent, by way: each refusal of Mozilla's error tables, with its status and number, and what those tables leave out. Not ours are 103 and 108 (its
/// registration of phones), 112 (never sent), 901 to 903 (its ways to other services) and 999 (its own test).
/// </summary>
internal static class PushRefusals
{
    /// <summary>What a test says of itself which is of such a refusal.</summary>
    public const string Property = "refusal";

    public static IReadOnlyList<string> All { get; } =
    [
        "post 404/102 unknown endpoint", "post 404/102 unknown version", "post 410/106 ended", "post 410/105 ended meanwhile", "post 405 method", "post 429 too often", "post 429 full",
        "post 413/104 one byte too many", "post 408 slow body", "post 503/201 store", "post 401/109 nobody", "post 401/109 somebody else",
        "post 400/111 no TTL", "post 400/111 TTL no number", "post 400/114 TTL negative", "post TTL huge", "post 400/113 topic", "post 400 urgency",
        "post 400/110 no encoding", "post 400/110 encoding", "post 400/110 aes128gcm with salt", "post 400/110 aes128gcm with dh", "post 400/110 aesgcm without salt",
        "post 400/110 aesgcm without dh", "post 400/110 long header", "post 400/110 draft without key", "post 400/110 key of vapid", "post order", "post mutated",
        "message 400 id", "message 404", "receipts 404", "receipts 400 place",
        "vapid scheme", "vapid no token", "vapid no key", "vapid two headers", "vapid parts", "vapid alg none", "vapid alg other", "vapid signature", "vapid key garbage", "vapid key no point",
        "vapid exp missing", "vapid exp text", "vapid exp past", "vapid exp beyond a day", "vapid exp huge", "vapid aud missing", "vapid aud other", "vapid no unicode",
        "put version", "put data", "put endpoint", "put key",
        "browser no hello", "browser binary", "browser other first", "browser two hellos", "browser unknown uaid", "browser uaid of another", "browser no json", "browser no unicode", "browser deep",
        "browser unknown type", "browser channel", "browser register 400 key", "browser register 409 key", "browser register 500 store", "browser unregister unknown", "browser unregister 500 store",
        "browser ack malformed", "browser ack of another", "browser nack", "browser broadcasts malformed", "browser unknown broadcast", "browser ping too soon", "browser no pong", "browser too long",
        "browser frame", "browser mutated",
        "session no account", "session no agent", "session agent of another", "session channel", "session key", "session ack of another", "session ack malformed",
    ];
}
