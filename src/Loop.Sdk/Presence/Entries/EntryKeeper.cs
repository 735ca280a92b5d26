using System.Text.Json;
using Loop.Sdk.Channels;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>
/// A client's entries, each scope once, and what the server says of them: while there are any, it follows where the session is present. A session that does not know of an entry is a new
/// one, or had lost it.
/// </summary>
internal sealed class EntryKeeper(PresenceServices services) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, KeptEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OwnPlace> _places = new(StringComparer.Ordinal);
    private CancellationTokenSource? _following;
    private bool _isReady;
    private bool _disposed;

    public async Task<PresenceEntry> EnterAsync(string scope, JsonElement? data, CancellationToken cancellationToken)
    {
        var entry = new KeptEntry(services, scope, data, Remove);
        Add(entry);
        entry.Start();
        try
        {
            await entry.WhenEnteredAsync(cancellationToken).ConfigureAwait(false);
            return entry;
        }
        catch
        {
            await entry.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        KeptEntry[] entries;
        lock (_lock)
        {
            _disposed = true;
            entries = [.. _entries.Values];
        }

        // Without a connection there is nobody to tell.
        await Task.WhenAll(entries.Select(entry => entry.CloseAsync(isTold: services.Channel.State == ChannelState.Connected))).ConfigureAwait(false);
    }

    private void Add(KeptEntry entry)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw PresenceCodes.Closed();
            }

            if (!_entries.TryAdd(entry.Scope, entry))
            {
                throw new LoopException(ErrorCodes.AlreadyPresent, "This client is in the scope already.");
            }

            if (_isReady)
            {
                entry.Hear(_places.GetValueOrDefault(entry.Scope));
            }

            if (_following is null)
            {
                var following = _following = new CancellationTokenSource();
                _ = Task.Run(() => FollowAsync(following), CancellationToken.None);
            }
        }
    }

    private void Remove(KeptEntry entry)
    {
        CancellationTokenSource? idle = null;
        lock (_lock)
        {
            if (_entries.GetValueOrDefault(entry.Scope) == entry)
            {
                _entries.Remove(entry.Scope);
            }

            if (_entries.Count == 0)
            {
                idle = Stop();
            }
        }

        idle?.Cancel();
    }

    // The lock is held.
    private CancellationTokenSource? Stop()
    {
        var following = _following;
        (_following, _isReady) = (null, false);
        _places.Clear();
        return following;
    }

    private async Task FollowAsync(CancellationTokenSource following)
    {
        LoopException? end = null;
        try
        {
            await foreach (var @event in services.Presence.Own().SubscribeAsync(cancellationToken: following.Token).ConfigureAwait(false))
            {
                Take(following, @event);
            }

            end = new LoopException(ErrorCodes.ProtocolError, "The server tells no more where the client is present.");
        }
        catch (OperationCanceledException) when (following.IsCancellationRequested)
        {
            // There is nothing to follow.
        }
        catch (LoopException error)
        {
            end = error;
        }
#pragma warning disable CA1031 // Nobody waits for this: whatever it is, the entries are over.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            end = new LoopException(ErrorCodes.Internal, "Where the client is present could not be followed.", exception);
        }

        if (end is not null)
        {
            EndAll(following, end);
        }

        following.Dispose();
    }

    private void Take(CancellationTokenSource following, in FeedEvent<KeyedSnapshot<OwnPlace>, KeyedChange<string, OwnPlace>> @event)
    {
        lock (_lock)
        {
            if (_following != following || @event.Kind == FeedEventKind.Resumed)
            {
                return;
            }

            _isReady = true;
            if (@event.Kind == FeedEventKind.Snapshot)
            {
                _places.Clear();
                Put(@event.Snapshot.Items);
                foreach (var entry in _entries.Values.ToArray())
                {
                    entry.Hear(_places.GetValueOrDefault(entry.Scope));
                }

                return;
            }

            foreach (var scope in @event.Change.Removed ?? [])
            {
                _places.Remove(scope);
                _entries.GetValueOrDefault(scope)?.Hear(place: null);
            }

            foreach (var place in Put(@event.Change.Put ?? []))
            {
                _entries.GetValueOrDefault(place.Scope)?.Hear(place);
            }
        }
    }

    private IReadOnlyList<OwnPlace> Put(IReadOnlyList<OwnPlace> places)
    {
        foreach (var place in Received.Whole(places))
        {
            _places[place.Scope] = place;
        }

        return places;
    }

    private void EndAll(CancellationTokenSource following, LoopException error)
    {
        KeptEntry[] entries;
        lock (_lock)
        {
            if (_following != following)
            {
                return;
            }

            Stop();
            entries = [.. _entries.Values];
        }

        if (error.Code != ErrorCodes.Closed)
        {
            services.Log.FollowingFailed(error.Code, error);
        }

        var reason = services.Channel.State == ChannelState.Closed || error.Code == ErrorCodes.Closed ? PresenceEndReason.Closed : PresenceEndReason.Refused;
        Array.ForEach(entries, entry => entry.End(new PresenceEnd(reason, error)));
    }
}
