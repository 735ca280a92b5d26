namespace Loop.Sdk.WebRtc.Connections;

/// <summary>Room for one message and one datagram, shared by whatever runs on a thread: connections that idle have none.</summary>
internal static class Scratch
{
    /// <summary>The longest datagram: a record, and what a relay wraps around it.</summary>
    public const int Size = 17 * 1024;

    [ThreadStatic]
    private static byte[]? _plaintext;

    [ThreadStatic]
    private static byte[]? _datagram;

    [ThreadStatic]
    private static byte[]? _wrapped;

    public static byte[] Plaintext => _plaintext ??= new byte[Size];

    public static byte[] Datagram => _datagram ??= new byte[Size];

    public static byte[] Wrapped => _wrapped ??= new byte[Size];
}
