using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>Knows how available this device is, and tells the server when that changes, and again on every new session.</summary>
#pragma warning disable CA1001 // Stopped with the client: the source holds nothing but registrations.
internal sealed class ActivityReporter(PresenceServices services)
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly EntrySignal _signal = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IdlePolicy _policy = new(services.Options.AwayAfter, services.Options.UnavailableAfter);
    private AvailabilityState _state;
    private long _touchedAt;
    private TimeSpan _head;
    private ITimer? _timer;

    public AvailabilityState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    public void Touch() => Use(TimeSpan.Zero);

    public void StepAway() => Use(services.Options.AwayAfter == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : services.Options.AwayAfter);

    public void Stop()
    {
        lock (_lock)
        {
            _stop.Cancel();
            _timer?.Dispose();
        }
    }

    // The timer is left as it is: when it fires too early, it is set again. So it costs nothing to say this often.
    private void Use(TimeSpan head)
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            _touchedAt = services.Time.GetTimestamp();
            _head = head;
            if (_timer is null)
            {
                _timer = services.Time.CreateTimer(static reporter => ((ActivityReporter)reporter!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _ = Task.Run(RunAsync);
            }
            else if (_state == _policy.StateAfter(head))
            {
                return;
            }
        }

        Look();
    }

    private void Look()
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            var idle = services.Time.GetElapsedTime(_touchedAt) + _head;
            var state = _policy.StateAfter(idle);
            _timer!.Change(_policy.RestOf(idle), Timeout.InfiniteTimeSpan);
            if (state == _state)
            {
                return;
            }

            _state = state;
        }

        _signal.SetNews();
    }

    private async Task RunAsync()
    {
        try
        {
            var watching = WatchSessionsAsync();
            await ReportAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // There is nothing to tell any more.
        }
        catch (LoopException error)
        {
            services.Log.ReportingEnded(error.Code, error);
            Stop();
        }
    }

    // A session that is not resumed knows of no device.
    private async Task WatchSessionsAsync()
    {
        await foreach (var change in services.Channel.StateChanges(_stop.Token).ConfigureAwait(false))
        {
            if (change is { Current: ChannelState.Connected, Resumed: false })
            {
                _signal.SetNews();
            }
        }
    }

    private async Task ReportAsync()
    {
        var availability = services.Channel.Service<IAvailability>();
        var pacing = new RetryPacing(services.Time);
        (AvailabilityState State, string? Session)? reported = null;
        while (true)
        {
            await services.Channel.ConnectAsync(_stop.Token).ConfigureAwait(false);
            _signal.ForgetNews();
            var next = (State, services.Channel.SessionId);
            if (reported == next)
            {
                await _signal.WaitForNewsAsync(_stop.Token).ConfigureAwait(false);
                continue;
            }

            try
            {
                await availability.ReportAsync(new ActivityReport(next.State), _stop.Token).ConfigureAwait(false);
                reported = services.Channel.SessionId == next.SessionId ? next : null;
                pacing.Succeed();
            }
            catch (LoopException error) when (PresenceCodes.IsPassing(error) || error.Code == ErrorCodes.Internal)
            {
                services.Log.ReportFailed(error.Code, error);
                await pacing.PauseAsync(atOnce: error.Code == ErrorCodes.SessionLost, _stop.Token).ConfigureAwait(false);
            }
        }
    }
}
