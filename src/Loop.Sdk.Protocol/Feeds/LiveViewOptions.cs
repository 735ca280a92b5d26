namespace Loop.Sdk.Feeds;

/// <summary>How a live view reaches its user interface.</summary>
public sealed record LiveViewOptions
{
    /// <summary>
    /// Runs an action where the view may be changed, soon and in order, for instance <c>action =&gt; dispatcher.BeginInvoke(action)</c>. Null (default): the
    /// <see cref="SynchronizationContext"/> on which the view is made, or, if there is none, whatever thread the feed's events come on, one at a time.
    /// </summary>
    public Action<Action>? Post { get; init; }
}
