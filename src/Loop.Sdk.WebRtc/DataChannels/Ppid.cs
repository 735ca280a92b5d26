namespace Loop.Sdk.WebRtc.DataChannels;

/// <summary>What messages are to data channels (RFC 8831, section 8). SCTP has no empty messages, so those have kinds of their own, and a byte that means nothing.</summary>
internal static class Ppid
{
    public const uint Control = 50;
    public const uint Text = 51;
    public const uint BinaryPart = 52;
    public const uint Binary = 53;
    public const uint TextPart = 54;
    public const uint EmptyText = 56;
    public const uint EmptyBinary = 57;

    public static bool IsEmpty(uint ppid) => ppid is EmptyText or EmptyBinary;

    public static bool IsText(uint ppid) => ppid is Text or TextPart or EmptyText;

    public static bool IsMessage(uint ppid) => ppid is (>= Text and <= TextPart) or EmptyText or EmptyBinary;

    public static uint Of(DataMessageKind kind, bool isEmpty) => (kind, isEmpty) switch
    {
        (DataMessageKind.Text, true) => EmptyText,
        (DataMessageKind.Text, false) => Text,
        (_, true) => EmptyBinary,
        _ => Binary,
    };
}
