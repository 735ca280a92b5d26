using System.Diagnostics;

namespace Loop.Bench.Load.Workloads.Presence;

/// <summary>Members who leave, and others who join, at a steady rate.</summary>
internal sealed class Moves
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Random _random = new(1);
    private readonly List<PresentUser> _in;
    private readonly List<PresentUser> _out;

    public Moves(IReadOnlyList<PresentUser> users)
    {
        _in = [.. users.Where(static user => user.Entry is not null)];
        _out = [.. users.Where(static user => user.Entry is null)];
    }

    /// <summary>Who is there, by the answers to those who entered.</summary>
    public HashSet<string> Present => [.. _in.Select(static user => user.Entry!.Member.Id)];

    /// <summary>Lets so many join, and as many leave, each second. Completes when all have.</summary>
    public async Task RunAsync(int perSecond, TimeSpan duration)
    {
        using var timer = new PeriodicTimer(Tick);
        var moving = new List<(Task Moving, PresentUser User, List<PresentUser> To)>();
        var start = Stopwatch.GetTimestamp();
        for (var moves = 0; moves < duration.TotalSeconds * perSecond;)
        {
            await timer.WaitForNextTickAsync();

            // By the clock: a tick may come late when the cores are busy.
            for (var due = Math.Min(Stopwatch.GetElapsedTime(start).TotalSeconds, duration.TotalSeconds) * perSecond; moves < due; moves++)
            {
                Start(moving, _in, _out, static user => user.LeaveAsync());
                Start(moving, _out, _in, static user => user.EnterAsync());
            }

            Settle(moving);
        }

        await Task.WhenAll(moving.Select(static move => move.Moving));
        Settle(moving);
    }

    private void Start(List<(Task Moving, PresentUser User, List<PresentUser> To)> moving, List<PresentUser> from, List<PresentUser> to, Func<PresentUser, Task> move)
    {
        if (from.Count == 0)
        {
            return;
        }

#pragma warning disable CA5394 // Chance, not secrecy.
        var index = _random.Next(from.Count);
#pragma warning restore CA5394
        var user = from[index];
        from[index] = from[^1];
        from.RemoveAt(from.Count - 1);
        moving.Add((move(user), user, to));
    }

    private static void Settle(List<(Task Moving, PresentUser User, List<PresentUser> To)> moving)
    {
        // Each is looked at once: it may complete at any moment.
        moving.RemoveAll(static move =>
        {
            if (!move.Moving.IsCompletedSuccessfully)
            {
                return false;
            }

            move.To.Add(move.User);
            return true;
        });
        if (moving.FirstOrDefault(static move => move.Moving.IsFaulted).Moving is { } failed)
        {
            throw new InvalidOperationException("A member could not move.", failed.Exception);
        }
    }
}
