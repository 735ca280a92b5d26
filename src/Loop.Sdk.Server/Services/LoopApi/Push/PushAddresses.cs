using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>
/// Where changes are pushed to. Most of those who change something have no address: that is not read for each change. Addresses themselves are always read, and whatever sets them does so here.
/// </summary>
internal sealed class PushAddresses(ILoopApiStorage storage, TimeProvider time)
{
    private const int MaxRecent = 10_000;

    /// <summary>The users and topics without an address, a moment ago.</summary>
    public Recent<(string User, string Topic), bool> None { get; } = new(time, MaxRecent);

    /// <summary>The addresses of a user for a topic.</summary>
    public async ValueTask<IReadOnlyList<string>> ListAsync(string user, string topic, CancellationToken cancellationToken)
    {
        var changes = None.Changes;
        if (None.Find((user, topic)))
        {
            return [];
        }

        var urls = await storage.ListUrlsAsync(user, topic, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
        if (urls.Count == 0)
        {
            None.Add((user, topic), true, changes);
        }

        return urls;
    }

    /// <summary>A session's addresses by topic; the other topics' stay as they are.</summary>
    /// <returns>Whether there is such a session.</returns>
    public async ValueTask<bool> SetAsync(HawkSession session, IReadOnlyDictionary<string, string> urls, CancellationToken cancellationToken)
    {
        try
        {
            return await storage.SetUrlsAsync(session.Id, urls, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // If it failed, it may have happened all the same.
            foreach (var topic in urls.Keys)
            {
                None.Forget((session.User, topic));
            }
        }
    }
}
