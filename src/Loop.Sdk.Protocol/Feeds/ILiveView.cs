using System.ComponentModel;

namespace Loop.Sdk.Feeds;

/// <summary>What a feed's state looks like now, kept up to date for a user interface. Starts when it is made and goes on until it is disposed of.</summary>
/// <remarks>Everything changes, and every event is raised, where <see cref="LiveViewOptions.Post"/> says; read the properties there too.</remarks>
public interface ILiveView : INotifyPropertyChanged, IAsyncDisposable
{
    /// <summary>Whether the view follows the feed at the moment. False before the first state, while the subscription is interrupted, and after the end.</summary>
    bool IsLive { get; }

    /// <summary>Whether the view has seen every single change since its last interruption. False if a snapshot had to stand for some, and on the first.</summary>
    bool Recovered { get; }

    /// <summary>The position of what the view shows, or null before the first state.</summary>
    FeedPosition? Position { get; }

    /// <summary>Why the view stopped, or null if it goes on, was disposed of, or the feed ended without an error.</summary>
    Exception? Error { get; }

    /// <summary>Completes when the view shows the feed's state for the first time.</summary>
    /// <param name="cancellationToken">Gives up waiting; the view goes on.</param>
    /// <exception cref="LoopException">The feed failed before, for instance because it does not exist.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the view was disposed of or the feed ended before.</exception>
    Task WhenReadyAsync(CancellationToken cancellationToken = default);
}
