using Loop.Sdk.WebRtc.Ice;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>The candidates of the peer: those that come before their description is settled wait for that, and names are resolved. Used under the connection's lock.</summary>
internal sealed class RemoteCandidates(PeerDriver driver)
{
    private const int MostWaiting = 128;
    private const int MostNames = 16;

    private readonly MdnsResolver _names = new(driver.FactoryOptions.TimeProvider);
    private readonly List<(IceCandidate Candidate, string Session)> _waiting = [];
    private string? _session;
    private int _nameCount;

    /// <summary>The peer's description, with these credentials, is settled.</summary>
    public void Begin(Agreement agreement, long now)
    {
        if (_session != agreement.Remote.UsernameFragment)
        {
            _session = agreement.Remote.UsernameFragment;
            _nameCount = 0;
        }

        foreach (var line in agreement.Candidates)
        {
            // Descriptions may have candidates in them of kinds that nobody here knows.
            if (CandidateLine.TryParse(line, out var candidate))
            {
                Use(candidate, now);
            }
        }

        foreach (var (candidate, session) in _waiting)
        {
            if (session == _session)
            {
                Take(candidate, now);
            }
        }

        _waiting.Clear();
        if (agreement.HasAllCandidates)
        {
            driver.EndOfRemoteCandidates(now);
        }
    }

    /// <summary>Takes a candidate that belongs to the newest description.</summary>
    /// <exception cref="LoopException"><c>invalid_candidate</c>.</exception>
    public void Add(IceCandidate candidate, string newest, long now)
    {
        if (candidate.Candidate.Length > 0 && !CandidateLine.TryParse(candidate.Candidate, out _))
        {
            throw new LoopException(ErrorCodes.InvalidCandidate, "It is no ICE candidate, or none that could be used.");
        }

        var session = candidate.UsernameFragment ?? newest;
        if (session == _session)
        {
            Take(candidate, now);
        }
        else if (session == newest && _waiting.Count < MostWaiting)
        {
            _waiting.Add((candidate, session));
        }
    }

    private void Take(IceCandidate candidate, long now)
    {
        if (candidate.Candidate.Length == 0)
        {
            driver.EndOfRemoteCandidates(now);
        }
        else if (CandidateLine.TryParse(candidate.Candidate, out var parsed))
        {
            Use(parsed, now);
        }
    }

    private void Use(in Candidate candidate, long now)
    {
        if (candidate.HostName is null)
        {
            driver.AddRemoteCandidate(candidate, now);
        }
        else if (driver.FactoryOptions.ResolveLocalNames && candidate is { Component: 1, Transport: CandidateTransport.Udp } && _nameCount++ < MostNames)
        {
            _ = ResolveAsync(candidate, _session);
        }
    }

    private async Task ResolveAsync(Candidate candidate, string? session)
    {
        try
        {
            var address = await _names.ResolveAsync(candidate.HostName!, driver.Closing).ConfigureAwait(false);
            if (address.IsNone)
            {
                driver.Logger.NameNotFound();
                return;
            }

            lock (driver.Gate)
            {
                if (session == _session && !driver.Closing.IsCancellationRequested)
                {
                    var now = driver.Now;
                    driver.AddRemoteCandidate(candidate with { HostName = null, Address = address with { Port = candidate.Address.Port } }, now);
                    driver.Flush(now);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection was closed.
        }
    }
}
