using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.LoopApi.Harness;

/// <summary>A store in memory that notes what is written.</summary>
internal sealed class CountingStorage : ILoopApiStorage
{
    private readonly MemoryLoopApiStorage _store = new();
    private readonly TaskCompletionSource _swept = new();

    public int Prolonged { get; private set; }

    /// <summary>How often a session was looked for.</summary>
    public int Read { get; private set; }

    /// <summary>How often addresses were.</summary>
    public int Listed { get; private set; }

    public List<LoopApiSessionRecord> Added { get; } = [];

    /// <summary>Ends when expired sessions were removed for the first time.</summary>
    public Task Swept => _swept.Task;

    /// <summary>Whether everything fails.</summary>
    public bool Fails { get; set; }

    /// <summary>Whether no addresses are told.</summary>
    public bool IsMute { get; set; }

    public Task AddAsync(LoopApiSessionRecord session, int limit, CancellationToken cancellationToken)
    {
        Added.Add(session);
        return Sound.AddAsync(session, limit, cancellationToken);
    }

    public Task<LoopApiSessionRecord?> FindAsync(string id, long now, CancellationToken cancellationToken)
    {
        Read++;
        return Sound.FindAsync(id, now, cancellationToken);
    }

    public Task ProlongAsync(string id, long expiresAt, CancellationToken cancellationToken)
    {
        Prolonged++;
        return Sound.ProlongAsync(id, expiresAt, cancellationToken);
    }

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => Sound.RemoveAsync(id, cancellationToken);

    public Task<int> RemoveUserAsync(string user, CancellationToken cancellationToken) => Sound.RemoveUserAsync(user, cancellationToken);

    public Task<bool> SetUrlsAsync(string id, IReadOnlyDictionary<string, string> urls, CancellationToken cancellationToken) => Sound.SetUrlsAsync(id, urls, cancellationToken);

    public Task ClearUrlsAsync(string id, CancellationToken cancellationToken) => Sound.ClearUrlsAsync(id, cancellationToken);

    public Task<IReadOnlyList<string>> ListUrlsAsync(string user, string topic, long now, CancellationToken cancellationToken)
    {
        Listed++;
        return IsMute ? Task.FromResult<IReadOnlyList<string>>([]) : Sound.ListUrlsAsync(user, topic, now, cancellationToken);
    }

    public Task<LoopApiVersionRecord> AdvanceAsync(string user, long second, CancellationToken cancellationToken) => Sound.AdvanceAsync(user, second, cancellationToken);

    public Task<LoopApiVersionRecord?> GetVersionAsync(string user, CancellationToken cancellationToken) => Sound.GetVersionAsync(user, cancellationToken);

    public Task<int> SweepAsync(long now, int limit, CancellationToken cancellationToken)
    {
        _swept.TrySetResult();
        return Sound.SweepAsync(now, limit, cancellationToken);
    }

    private MemoryLoopApiStorage Sound => Fails ? throw new LoopException(ErrorCodes.StoreUnavailable, "The disk is full.") { Retryable = true } : _store;
}
