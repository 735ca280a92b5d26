namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>A list through the chunks of a <see cref="SentRing"/>.</summary>
internal struct SentList
{
    public uint First;
    public uint Last;
    public int Count;
}
