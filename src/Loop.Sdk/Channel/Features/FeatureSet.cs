using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Channels;

/// <summary>The features of one channel, each made when it is first asked for. The channel knows none of them by name.</summary>
internal sealed class FeatureSet(FeatureContext context, ILogger logger)
{
    private readonly Lock _lock = new();
    private OrderedDictionary<Type, object>? _features;
    private Task? _disposing;

    public TFeature Get<TFeature>(Func<FeatureContext, TFeature> create)
        where TFeature : class
    {
        // Reentrant: a feature may be made of another one, which is then the older.
        lock (_lock)
        {
            if (_features?.GetValueOrDefault(typeof(TFeature)) is TFeature known)
            {
                return known;
            }

            if (_disposing is not null)
            {
                throw new LoopException(ErrorCodes.Closed, "The channel was disposed of.");
            }

            var made = create(context);
            (_features ??= []).Add(typeof(TFeature), made);
            return made;
        }
    }

    /// <summary>Disposes of all of them, the newest first. From now on no new ones are made.</summary>
    public Task DisposeAsync()
    {
        lock (_lock)
        {
            return _disposing ??= _features is null ? Task.CompletedTask : Task.Run(() => DisposeAsync([.. _features.Values.Reverse().OfType<IAsyncDisposable>()]));
        }
    }

    private async Task DisposeAsync(IReadOnlyList<IAsyncDisposable> newestFirst)
    {
        foreach (var feature in newestFirst)
        {
            try
            {
                await feature.DisposeAsync().ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever a feature throws, the others and the channel are disposed of.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.FeatureFailed(exception);
            }
        }
    }
}
