using System.Text.Json;
using Loop.Sdk.Channels;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>The real entry. One loop does, one after the other, what is needed for the server to have what is wanted: enters, updates, leaves.</summary>
internal sealed class KeptEntry(PresenceServices services, string scope, JsonElement? data, Action<KeptEntry> over) : PresenceEntry
{
    // Real time, whatever clock the client runs on: a test's clock may stand still, and disposal must end nevertheless.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly EntryData _data = new(data);
    private readonly EntrySignal _signal = new();
    private readonly RetryPacing _pacing = new(services.Time);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<PresenceEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PresenceMember? _member;
    private OwnPlace? _heard;
    private PresenceEnd? _end;
    private bool _isReady;
    private bool _isIn;
    private PresenceEnd? _leaving;
    private int _absences;

    public override string Scope => scope;

    public override PresenceMember Member
    {
        get
        {
            lock (_lock)
            {
                return _member!;
            }
        }
    }

    public override PresenceEntryState State
    {
        get
        {
            lock (_lock)
            {
                return _end is not null ? PresenceEntryState.Ended : _isIn ? PresenceEntryState.Present : PresenceEntryState.Returning;
            }
        }
    }

    public override Task<PresenceEnd> Ended => _ended.Task;

    private string Kind => PresenceCodes.KindOf(scope);

    public void Start() => _ = Task.Run(RunAsync);

    public Task WhenEnteredAsync(CancellationToken cancellationToken) => _entered.Task.WaitAsync(cancellationToken);

    public override async Task UpdateAsync(JsonElement? data, CancellationToken cancellationToken = default)
    {
        Task sent;
        lock (_lock)
        {
            if (_end is not null)
            {
                throw Over(_end);
            }

            sent = _data.Want(PresenceJsonData.Checked(data));
        }

        _signal.Set();
        await sent.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        BeginLeaving(new PresenceEnd(PresenceEndReason.Left));
        await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => new(CloseAsync(isTold: true, new PresenceEnd(PresenceEndReason.Left)));

    /// <summary>The client is disposed of.</summary>
    /// <param name="isTold">Whether the server is told.</param>
    public Task CloseAsync(bool isTold) => CloseAsync(isTold, new PresenceEnd(PresenceEndReason.Closed, PresenceCodes.Closed()));

    /// <summary>What the server says of this session's place in the scope: that there is none, or which member it is, or was.</summary>
    public void Hear(OwnPlace? place)
    {
        PresenceEnd? end;
        lock (_lock)
        {
            _isReady = true;
            _heard = place;
            if (place is null)
            {
                _isIn = false;
                _absences++;
            }
            else if (place.Ended is null && place.Member == _member?.Id)
            {
                _isIn = true;
            }

            end = EndOf(place);
        }

        if (end is not null)
        {
            End(end);
        }

        _signal.SetNews();
    }

    /// <summary>It is over.</summary>
    public void End(PresenceEnd end)
    {
        lock (_lock)
        {
            if (_end is not null)
            {
                return;
            }

            _end = end;
            _isIn = false;
        }

        services.Log.Ended(Kind, end.Reason, end.Error?.Code ?? "");
        _stop.Cancel();
        _data.Fail(Over(end));
        _entered.TrySetException(Over(end));
        _ = _entered.Task.Exception;
        over(this);
        _ended.TrySetResult(end);
    }

    private static LoopException Over(PresenceEnd end) => end switch
    {
        { Error: { } error } => new LoopException(error.Code, error.Message, error),
        { Reason: PresenceEndReason.Kicked } => new LoopException(ErrorCodes.Kicked, "The member was removed from the scope."),
        _ => new LoopException(ErrorCodes.Closed, "The scope was left."),
    };

    private async Task CloseAsync(bool isTold, PresenceEnd end)
    {
        if (isTold)
        {
            BeginLeaving(end);
            await Task.WhenAny(_ended.Task, Task.Delay(Patience)).ConfigureAwait(false);
        }

        End(end);
    }

    private void BeginLeaving(PresenceEnd end)
    {
        lock (_lock)
        {
            _leaving ??= end;
        }

        _signal.SetNews();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await (Next() switch
                {
                    EntryStep.Enter => EnterAsync(),
                    EntryStep.Update => SendUpdateAsync(),
                    EntryStep.Leave => SendLeaveAsync(),
                    _ => _signal.WaitAsync(_stop.Token),
                }).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It is over.
        }
#pragma warning disable CA1031 // Nobody waits for this: whatever it is, the entry is over.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            End(new PresenceEnd(PresenceEndReason.Refused, exception as LoopException ?? new LoopException(ErrorCodes.Internal, "The entry could not be kept.", exception)));
        }
    }

    private EntryStep Next()
    {
        lock (_lock)
        {
            _stop.Token.ThrowIfCancellationRequested();
            return _leaving is not null ? EntryStep.Leave
                : !_isReady ? EntryStep.Wait
                : !_isIn ? EntryStep.Enter
                : _data.IsOutdated ? EntryStep.Update
                : EntryStep.Wait;
        }
    }

    private async Task EnterAsync()
    {
        var (version, wanted, absences, isAgain) = Begin();
        try
        {
            var entered = Received.Some(await services.Presence.EnterAsync(
                new EnterScope { Scope = scope, Data = wanted, Instance = services.Instance }, _stop.Token).ConfigureAwait(false));
            Settle(Received.Some(entered.Member), (version, wanted), absences);
            services.Log.Entered(Kind, isAgain);
        }
        catch (LoopException error) when (error.Code == ErrorCodes.AlreadyPresent && isAgain)
        {
            // It was here all the time; what data the server has is another question.
            Settle(entered: null, sent: null, absences);
        }
        catch (LoopException error) when (isAgain && TryReject(error, version))
        {
        }
        catch (LoopException error) when (PresenceCodes.IsPassing(error) || (isAgain && error.Code == ErrorCodes.Internal))
        {
            services.Log.EnterFailed(Kind, error.Code, error);
            await PauseAsync().ConfigureAwait(false);
        }
        catch (LoopException error) when (error.Code == ErrorCodes.NotPresent)
        {
            End(new PresenceEnd(PresenceEndReason.Kicked));
        }
    }

    private async Task SendUpdateAsync()
    {
        var (version, wanted, _, _) = Begin();
        try
        {
            await services.Presence.UpdateAsync(new UpdateMember { Scope = scope, Data = wanted }, _stop.Token).ConfigureAwait(false);
            Settle(entered: null, (version, wanted), absences: null);
        }
        catch (LoopException error) when (error.Code == ErrorCodes.NotPresent)
        {
            // Either the session is a new one or the membership was ended, and which of them is about to be heard. If not, entering finds it out.
            await PauseAsync().ConfigureAwait(false);
            lock (_lock)
            {
                _isIn = false;
            }
        }
        catch (LoopException error) when (TryReject(error, version))
        {
        }
        catch (LoopException error) when (PresenceCodes.IsPassing(error))
        {
            await PauseAsync().ConfigureAwait(false);
        }
    }

    private async Task SendLeaveAsync()
    {
        try
        {
            // Also if the place seems to be gone: what was heard of that may be older than the entry.
            if (_member is not null)
            {
                await services.Presence.LeaveAsync(new ScopeRef(scope), _stop.Token).ConfigureAwait(false);
            }
        }
        catch (LoopException error)
        {
            if (error.Code != ErrorCodes.NotPresent)
            {
                services.Log.LeaveFailed(Kind, error);
            }
        }

        End(_leaving!);
    }

    private (long Version, JsonElement? Data, int Absences, bool IsAgain) Begin()
    {
        _signal.ForgetNews();
        lock (_lock)
        {
            return (_data.WantedVersion, _data.Wanted, _absences, _member is not null);
        }
    }

    /// <summary>The server has it.</summary>
    /// <param name="entered">The member, if it is news.</param>
    /// <param name="sent">The data that the server has; null if that is not known.</param>
    /// <param name="absences">How often the place was missing before the client entered; null if it did not.</param>
    private void Settle(PresenceMember? entered, (long Version, JsonElement? Data)? sent, int? absences)
    {
        PresenceEnd? end;
        lock (_lock)
        {
            _member = entered ?? _member;
            if (sent is { } known)
            {
                _data.Accept(known.Version, known.Data);
                _member = _member! with { Data = _data.Accepted };
            }
            else
            {
                _data.Forget();
            }

            // What went missing meanwhile may be the session that was entered.
            _isIn = absences is null ? _isIn : absences == _absences;
            end = EndOf(_heard);
        }

        _pacing.Succeed();
        if (end is not null)
        {
            End(end);
        }

        _entered.TrySetResult();
    }

    // The lock is held.
    private PresenceEnd? EndOf(OwnPlace? place) => place is { Ended: { } reason } && place.Member == _member?.Id
        ? new PresenceEnd(reason == LeaveReason.Kicked ? PresenceEndReason.Kicked : PresenceEndReason.Left)
        : null;

    // Data that the server does not take must not keep the client from being present.
    private bool TryReject(LoopException error, long version)
    {
        lock (_lock)
        {
            return error.Code is ErrorCodes.DataTooLarge or ErrorCodes.InvalidRequest or ErrorCodes.MessageTooLarge && _data.TryReject(version, error);
        }
    }

    private async Task PauseAsync()
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var news = _signal.WaitForNewsAsync(both.Token);
        await Task.WhenAny(_pacing.PauseAsync(atOnce: false, both.Token), news).ConfigureAwait(false);
        await both.CancelAsync().ConfigureAwait(false);
        await news.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Token.ThrowIfCancellationRequested();
    }
}
