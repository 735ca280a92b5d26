using System.Collections.Concurrent;
using Loop.Sdk.Push;

namespace Loop.Sdk.Server.Push;

/// <summary>
/// Who asked not to be sent anything for a while. A push service that has too much to do (503) asks for all of its endpoints; one that gets too much for an endpoint (429) asks for that one
/// (RFC 8030 section 8.4): otherwise a single receiver could hold up all others.
/// </summary>
internal sealed class SendPauses(TimeProvider time)
{
    /// <summary>How many are remembered; of further ones nobody is held up.</summary>
    public const int Most = 1000;

    // Whoever asks for more is asked again after this.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Pause> _pauses = new(StringComparer.Ordinal);

    public int Count => _pauses.Count;

    /// <summary>Remembers what a push service asked for, if it did.</summary>
    public void Add(Uri endpoint, WebPushResult result)
    {
        if (result.RetryAfter is not { Ticks: > 0 } wait || result.Outcome is not (WebPushOutcome.RateLimited or WebPushOutcome.Unavailable))
        {
            return;
        }

        if (_pauses.Count >= Most)
        {
            Sweep();
        }

        if (_pauses.Count < Most)
        {
            var pause = new Pause(result.Outcome, time.GetTimestamp(), wait < Longest ? wait : Longest);
            _pauses.AddOrUpdate(result.Outcome == WebPushOutcome.RateLimited ? endpoint.AbsoluteUri : VapidToken.OriginOf(endpoint), pause, (_, known) => Left(known) > pause.Wait ? known : pause);
        }
    }

    /// <summary>Waits until an endpoint may be sent something, unless that takes longer.</summary>
    /// <returns>Null if it may; what comes of the message if it would take longer.</returns>
    public async ValueTask<WebPushResult?> WaitAsync(Uri endpoint, TimeSpan most, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        while (Find(endpoint) is var (outcome, left))
        {
            if (time.GetElapsedTime(begin) + left > most)
            {
                return new(outcome, 0) { RetryAfter = left, Reason = "Nothing was sent: the push service asked for patience before." };
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private (WebPushOutcome Outcome, TimeSpan Left)? Find(Uri endpoint) => _pauses.IsEmpty ? null : Find(VapidToken.OriginOf(endpoint)) ?? Find(endpoint.AbsoluteUri);

    private (WebPushOutcome Outcome, TimeSpan Left)? Find(string whom) =>
        _pauses.TryGetValue(whom, out var pause) && Left(pause) is { Ticks: > 0 } left ? (pause.Outcome, left) : null;

    private TimeSpan Left(in Pause pause) => pause.Wait - time.GetElapsedTime(pause.Begin);

    private void Sweep()
    {
        foreach (var pause in _pauses.Where(pause => Left(pause.Value) <= TimeSpan.Zero))
        {
            _pauses.TryRemove(pause);
        }
    }

    private readonly record struct Pause(WebPushOutcome Outcome, long Begin, TimeSpan Wait);
}
