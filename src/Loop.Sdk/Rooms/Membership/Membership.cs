using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>
/// This client's participation in one room: joins, and joins again when the participation has ended with a session. However many notice that at the same time, it is joined once.
/// </summary>
internal sealed class Membership(RoomServices services, RoomRef room, RoomKeys keys, OwnMember self, CancellationToken lifetime)
{
    private const int MaxCorrections = 5;
    private const int MaxAttempts = 3;
    private const long HourMs = 3_600_000;

    private readonly Lock _lock = new();
    private Task? _joining;
    private RoomJoin _how = new();
    private int _generation;
    private volatile bool _wanted;
    private volatile bool _left;
    private volatile string? _participant;
    private volatile string? _credential;

    /// <summary>The room is being joined again.</summary>
    public Action? Losing { get; set; }

    /// <summary>The room was joined again.</summary>
    public Action<JoinedRoom>? Rejoined { get; set; }

    /// <summary>It cannot be joined again.</summary>
    public Action<LoopException>? Lost { get; set; }

    /// <summary>How often the room was joined. Whoever fails with what it did before the last time has only to try again.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Whether this client is to be in the room.</summary>
    public bool IsWanted => _wanted;

    /// <summary>Whether this client has left of its own will, so that it is no surprise not to be in the room.</summary>
    public bool IsLeft => _left;

    /// <summary>The id of the participation; null if there is none.</summary>
    public string? Participant => _participant;

    /// <summary>The announcement with which this client last joined; null if it had none of the room's epoch.</summary>
    public SealedMember? JoinedWith { get; private set; }

    /// <summary>The guest's credential, or null.</summary>
    public string? Credential
    {
        get => _credential;
        set => _credential = value;
    }

    /// <summary>Joins.</summary>
    /// <param name="how">How, now and again.</param>
    /// <param name="known">The room, if it was just asked for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<JoinedRoom> JoinAsync(RoomJoin how, RoomInfo? known, CancellationToken cancellationToken)
    {
        _how = how;
        _left = false;
        var joined = await RunAsync(isAgain: false, known, cancellationToken).ConfigureAwait(false);
        _wanted = true;
        return joined;
    }

    /// <summary>After a call failed: joins again, if that is the remedy.</summary>
    /// <param name="error">How it failed.</param>
    /// <param name="generation">What <see cref="Generation"/> was before it was made.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether the call should be made again.</returns>
    /// <exception cref="LoopException">The room could not be joined again, or was left.</exception>
    public async ValueTask<bool> TryRecoverAsync(LoopException error, int generation, CancellationToken cancellationToken)
    {
        if (_wanted && error.Code == ErrorCodes.Kicked)
        {
            return await IsOfBeforeAsync(error, generation, cancellationToken).ConfigureAwait(false);
        }

        if (!_wanted || !RoomCodes.IsOut(error))
        {
            return false;
        }

        try
        {
            await JoinAgainAsync(error, generation).WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw RoomCodes.Over();
        }
    }

    /// <summary>Makes sure that this session is in the room: an owner's is told nothing when it is not.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var generation = Generation;
        try
        {
            if (_wanted)
            {
                await services.Rooms.RefreshAsync(room, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (LoopException error)
        {
            // Who has left in between is rightly told so.
            if (!await TryRecoverAsync(error, generation, cancellationToken).ConfigureAwait(false) && (_wanted || !RoomCodes.IsOut(error)))
            {
                throw;
            }
        }
    }

    /// <summary>Leaves, for good. Who is not there any more has left, and so has whose session is lost.</summary>
    /// <exception cref="LoopException">The server refused: this client is still in the room.</exception>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        _wanted = false;
        _left = true;
        await WhenJoinedAsync(cancellationToken).ConfigureAwait(false);
        if (_participant is null)
        {
            return;
        }

        try
        {
            await services.Rooms.LeaveAsync(room, cancellationToken).ConfigureAwait(false);
        }
        catch (LoopException error) when (RoomCodes.IsOut(error) || RoomCodes.IsLost(error) || error.Code is ErrorCodes.RoomNotFound or ErrorCodes.Kicked)
        {
        }
        catch (LoopException)
        {
            _wanted = true;
            _left = false;
            throw;
        }

        _participant = null;
        _credential = null;
    }

    /// <summary>There is nothing to come back to.</summary>
    public void GiveUp() => _wanted = false;

    // Whoever was removed and has joined again since goes on; otherwise the room is over, whichever feed or call learned it first.
    private async Task<bool> IsOfBeforeAsync(LoopException removal, int generation, CancellationToken cancellationToken)
    {
        await WhenJoinedAsync(cancellationToken).ConfigureAwait(false);
        if (Generation > generation)
        {
            return true;
        }

        _wanted = false;
        Lost?.Invoke(removal);
        return false;
    }

    // Who is about to be in the room again cannot leave it before.
    private async Task WhenJoinedAsync(CancellationToken cancellationToken)
    {
        Task? joining;
        lock (_lock)
        {
            joining = _joining;
        }

        if (joining is not null)
        {
            await joining.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Task JoinAgainAsync(LoopException error, int generation)
    {
        lock (_lock)
        {
            if (_joining is null && Generation > generation)
            {
                return Task.CompletedTask;
            }

            if (_joining is null)
            {
                services.Log.Rejoining(error.Code);
                Losing?.Invoke();
                _joining = Task.Run(RejoinAsync, CancellationToken.None);
            }

            return _joining;
        }
    }

    private async Task RejoinAsync()
    {
        try
        {
            var joined = await RunAsync(isAgain: true, known: null, lifetime).ConfigureAwait(false);
            Rejoined?.Invoke(joined);
        }
        catch (LoopException error)
        {
            _wanted = false;
            Lost?.Invoke(error);
            throw;
        }
        finally
        {
            lock (_lock)
            {
                _joining = null;
            }
        }
    }

    private async Task<JoinedRoom> RunAsync(bool isAgain, RoomInfo? known, CancellationToken cancellationToken)
    {
        var pacing = new RetryPacing(services.Time);
        var (corrections, attempts) = (0, 0);
        while (true)
        {
            try
            {
                var joined = await TryAsync(known, cancellationToken).ConfigureAwait(false);
                services.Log.Joined(isAgain);
                return joined;
            }
            catch (LoopException error) when (corrections < MaxCorrections && TryCorrect(error.Code, corrections, isAgain))
            {
                corrections++;
                known = null;
            }
            catch (LoopException error) when (RoomCodes.IsPassing(error) && (isAgain || (RoomCodes.IsLost(error) && ++attempts < MaxAttempts)))
            {
                services.Log.JoinFailed(error.Code, error);
                known = null;
                await pacing.PauseAsync(atOnce: error.Code == ErrorCodes.SessionLost, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<JoinedRoom> TryAsync(RoomInfo? known, CancellationToken cancellationToken)
    {
        // Waits for a session, and tells the epoch of the moment.
        var info = known ?? await services.Rooms.GetAsync(room, cancellationToken).ConfigureAwait(false);
        var cipher = keys.Cipher;
        var announcement = cipher is not null && cipher.Epoch == info.Epoch ? self.Announce(cipher) : null;
        var joined = await services.Rooms.JoinAsync(
            new JoinRoom
            {
                Token = room.Token,
                Device = services.Device,
                ClientMaxSize = _how.MaxSize,
                GuestCredential = _credential,
                DisplayName = info.Epoch == 0 && cipher is null ? self.Name : null,
                Announcement = announcement,
            },
            cancellationToken).ConfigureAwait(false);
        JoinedWith = announcement;
        _participant = joined.Participant.Id;
        _credential = joined.Guest?.Credential ?? _credential;
        Interlocked.Increment(ref _generation);
        return joined;
    }

    // Refusals that something can be done about.
    private bool TryCorrect(string code, int corrections, bool isAgain)
    {
        switch (code)
        {
            case ErrorCodes.StaleEpoch:
                return true;
            case ErrorCodes.StaleVersion when keys.Cipher is { } cipher:
                // Another device of the same member has a clock that is ahead. By how much is not said.
                self.Outdated(self.Announce(cipher).Version + (HourMs * (long)Math.Pow(24, corrections)));
                return true;
            case ErrorCodes.MemberTaken when _credential is null && !self.IsFixed:
                // It was announced by a guest whose credential got lost with the answer.
                self.Become();
                return true;
            case ErrorCodes.GuestRefused or ErrorCodes.GuestScope when _credential is not null && (!isAgain || _how.RejoinAsNewGuest):
                _credential = null;
                self.Become();
                return true;
            default:
                return false;
        }
    }
}
