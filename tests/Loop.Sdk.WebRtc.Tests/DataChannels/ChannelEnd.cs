namespace Loop.Sdk.WebRtc.DataChannels;

/// <summary>A set of channels with a reader that takes everything.</summary>
internal sealed class ChannelEnd(DataChannelSet set)
{
    public DataChannelSet Set { get; } = set;

    public List<DataChannelEvent> Events { get; } = [];

    /// <summary>What came on each channel, in order.</summary>
    public Dictionary<DataChannel, List<(byte[] Payload, DataMessageKind Kind)>> Messages { get; } = [];

    public bool Has(DataChannelEventKind kind, DataChannel? channel = null) => Events.Any(next => next.Kind == kind && (channel is null || next.Channel == channel));

    public DataChannel Incoming(string label) => Events.Single(next => next.Kind == DataChannelEventKind.Incoming && next.Channel!.Label == label).Channel!;

    public void Drain()
    {
        while (Set.TryReadEvent(out var next))
        {
            if (next.Kind == DataChannelEventKind.Message)
            {
                if (!Messages.TryGetValue(next.Channel!, out var list))
                {
                    Messages.Add(next.Channel!, list = []);
                }

                list.Add((next.Message.Span.ToArray(), next.MessageKind));
                Set.Return(next.Message);
            }
            else
            {
                Events.Add(next);
            }
        }
    }
}
