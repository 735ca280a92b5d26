namespace Loop.Sdk.Server.Storage;

/// <summary>Removes from a file what has expired.</summary>
internal static class PushSweeper
{
    public static PushSweepResult Run(SqliteSession session, PushSweep sweep)
    {
        var told = new SortedSet<string>(StringComparer.Ordinal);
        var messages = session.Prepare("SELECT sequence FROM push_messages WHERE expires <= ?1 ORDER BY expires, id LIMIT ?2")
            .Bind(sweep.Now).Bind((long)sweep.Limit).ToList(static row => row.Number(0));
        messages.ForEach(sequence => PushRows.EndMessage(session, sequence, PushOutcome.Expired, sweep.Now, told));
        var agents = session.Prepare("SELECT id FROM push_agents WHERE seen < ?1 ORDER BY seen, id LIMIT ?2")
            .Bind(sweep.AgentsBefore).Bind((long)sweep.Limit).ToList(static row => row.Text(0));
        var count = messages.Count;
        foreach (var agent in agents)
        {
            var ended = PushRows.EndAgent(session, agent, sweep.Now);
            count += ended.Messages;
            told.UnionWith(ended.Receipts);
        }

        var gone = session.Prepare("DELETE FROM push_gone WHERE endpoint IN (SELECT endpoint FROM push_gone WHERE gone < ?1 LIMIT ?2)")
            .Bind(sweep.GoneBefore).Bind((long)sweep.Limit).Run();
        var receipts = session.Prepare("DELETE FROM push_receipt_subscriptions WHERE id IN (SELECT id FROM push_receipt_subscriptions WHERE expires <= ?1 LIMIT ?2)")
            .Bind(sweep.Now).Bind((long)sweep.Limit).Run();
        return new(count, agents, [.. told], new[] { messages.Count, agents.Count, gone, receipts }.Max() == sweep.Limit);
    }
}
