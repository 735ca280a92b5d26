namespace Loop.Sdk.WebRtc.Sdp;

/// <summary>A session description (RFC 8866), as much of it as data channels need.</summary>
internal sealed record SdpDescription
{
    /// <summary>The number of the session, up to 2^63 - 1.</summary>
    public ulong SessionId { get; init; }

    /// <summary>Grows with each description of the session.</summary>
    public ulong Version { get; init; }

    /// <summary>The names of the sections that share a transport.</summary>
    public IReadOnlyList<string> Bundle { get; init; } = [];

    /// <summary>Whether the describing end only answers checks (RFC 8445, section 2.5).</summary>
    public bool IsIceLite { get; init; }

    public IReadOnlyList<SdpMedia> Media { get; init; } = [];

    /// <summary>The place of the first data-channel section that is not refused, or -1.</summary>
    public int DataIndex
    {
        get
        {
            for (var index = 0; index < Media.Count; index++)
            {
                if (Media[index] is { IsDataChannel: true, IsRejected: false })
                {
                    return index;
                }
            }

            return -1;
        }
    }

    /// <summary>How the section for data channels is reached: by what it says, or else by what the first of its group says (RFC 9143, section 7.1.3).</summary>
    public SdpTransport? DataTransport
    {
        get
        {
            if (DataIndex is var index && index < 0)
            {
                return null;
            }

            var data = Media[index];
            var isBundled = data.Mid is not null && Bundle.Contains(data.Mid);
            return data.Transport ?? (isBundled ? Media.FirstOrDefault(media => media.Mid == Bundle[0])?.Transport : null);
        }
    }
}
