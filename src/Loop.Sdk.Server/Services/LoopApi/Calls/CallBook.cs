using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The calls of the moment. They are in memory: a call lasts a minute until it is connected, and afterwards the server has no part in it.</summary>
internal sealed class CallBook(IOptions<LoopHttpApiOptions> options, TimeProvider time, LoopApiMetrics metrics) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Call Call, ITimer End)> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Call>> _callees = new(StringComparer.Ordinal);

    /// <summary>Remembers a call.</summary>
    /// <returns>Whether there was a place for it.</returns>
    public bool TryAdd(CallTerms terms)
    {
        lock (_lock)
        {
            if (_calls.Count >= options.Value.MaxCalls || terms.Callees.Any(callee => _callees.GetValueOrDefault(callee)?.Count >= options.Value.MaxCallsPerCallee))
            {
                return false;
            }

            var call = new Call(terms, options.Value, time, metrics.Called);
            _calls.Add(terms.Id, (call, time.CreateTimer(_ => Remove(terms.Id), state: null, options.Value.CallLifetime, Timeout.InfiniteTimeSpan)));
            foreach (var callee in terms.Callees)
            {
                if (!_callees.TryGetValue(callee, out var own))
                {
                    _callees.Add(callee, own = []);
                }

                own.Add(call);
            }

            return true;
        }
    }

    public Call? Find(string id)
    {
        lock (_lock)
        {
            return _calls.GetValueOrDefault(id).Call;
        }
    }

    /// <summary>The calls to somebody that have not ended, from a time on, ms since 1970.</summary>
    public IReadOnlyList<Call> ListOf(string callee, long since)
    {
        lock (_lock)
        {
            return [.. (_callees.GetValueOrDefault(callee) ?? []).Where(call => call.Terms.CreatedAt >= since && !call.IsTerminated)];
        }
    }

    /// <summary>Ends the calls that somebody makes, or gets.</summary>
    public void RemoveOf(string user)
    {
        List<string> ids;
        lock (_lock)
        {
            ids = [.. _calls.Values.Select(static one => one.Call.Terms).Where(terms => terms.Caller == user || terms.Callees.Contains(user)).Select(static terms => terms.Id)];
        }

        ids.ForEach(Remove);
    }

    public void Dispose()
    {
        List<string> ids;
        lock (_lock)
        {
            ids = [.. _calls.Keys];
        }

        ids.ForEach(Remove);
    }

    /// <summary>A new id, or a token that lets devices connect.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private void Remove(string id)
    {
        (Call Call, ITimer End) removed;
        lock (_lock)
        {
            if (!_calls.Remove(id, out removed))
            {
                return;
            }

            foreach (var callee in removed.Call.Terms.Callees)
            {
                var own = _callees[callee];
                own.Remove(removed.Call);
                if (own.Count == 0)
                {
                    _callees.Remove(callee);
                }
            }
        }

        removed.End.Dispose();
        removed.Call.Dispose();
    }
}
