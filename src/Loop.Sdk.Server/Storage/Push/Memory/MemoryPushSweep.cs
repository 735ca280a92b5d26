namespace Loop.Sdk.Server.Storage;

/// <summary>Removes from memory what has expired.</summary>
internal static class MemoryPushSweep
{
    public static PushSweepResult Run(MemoryPushState state, PushSweep sweep)
    {
        var told = new SortedSet<string>(StringComparer.Ordinal);
        var messages = state.Expiries.TakeWhile(entry => entry.ExpiresAt <= sweep.Now).Take(sweep.Limit).Select(entry => state.Messages[entry.Id]).ToList();
        messages.ForEach(message => state.End(message, PushOutcome.Expired, sweep.Now, told));
        var agents = state.Agents.Values.Where(agent => agent.Record.SeenAt < sweep.AgentsBefore)
            .OrderBy(static agent => agent.Record.SeenAt).ThenBy(static agent => agent.Record.Id, StringComparer.Ordinal).Take(sweep.Limit).ToList();
        var count = messages.Count;
        foreach (var agent in agents)
        {
            var ended = state.End(agent, sweep.Now);
            count += ended.Messages;
            told.UnionWith(ended.Receipts);
        }

        var gone = Remove(state.Gone, entry => entry.Value < sweep.GoneBefore, sweep.Limit);
        var receipts = Remove(state.Receipts, entry => entry.Value.ExpiresAt <= sweep.Now, sweep.Limit);
        var more = new[] { messages.Count, agents.Count, gone, receipts }.Max() == sweep.Limit;
        return new(count, [.. agents.Select(static agent => agent.Record.Id)], [.. told], more);
    }

    private static int Remove<TValue>(Dictionary<string, TValue> from, Func<KeyValuePair<string, TValue>, bool> isOver, int limit)
    {
        var over = from.Where(isOver).Take(limit).Select(static entry => entry.Key).ToList();
        over.ForEach(key => from.Remove(key));
        return over.Count;
    }
}
