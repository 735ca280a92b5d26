using Loop.Sdk.Calls;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds;

/// <summary>A sequence that a server-streaming handler may return and that pushes into the stream instead of being pulled, so that one serialised payload serves every subscriber.</summary>
internal interface IPushSource<TItem>
{
    /// <summary>Pushes until the source ends or the subscriber goes.</summary>
    Task PushAsync(PushQueue queue, PayloadCodec<TItem> codec, CancellationToken cancellationToken);
}
