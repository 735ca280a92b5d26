using System.Collections.Concurrent;

namespace Loop.Sdk.Server.Push;

/// <summary>Which agents are connected here.</summary>
internal sealed class PushAttachments(PushCore core)
{
    private readonly ConcurrentDictionary<string, PushAttachment> _attachments = new(StringComparer.Ordinal);

    public IEnumerable<string> Agents => _attachments.Keys;

    /// <summary>Makes a connection the agent. One that was it before is told that it was replaced.</summary>
    public PushAttachment Attach(string agent)
    {
        var attachment = new PushAttachment(core, agent);
        PushAttachment? before = null;
        _attachments.AddOrUpdate(
            agent,
            static (_, mine) => mine,
            (_, known, mine) =>
            {
                before = known;
                return mine;
            },
            attachment);
        before?.End(ErrorCodes.AgentReplaced);
        core.Metrics.Attached(before is null ? 1 : 0);
        return attachment;
    }

    /// <summary>Says that the connection is gone, or is not the agent any more.</summary>
    public void Detach(PushAttachment attachment, string code = ErrorCodes.AgentRequired)
    {
        if (_attachments.TryRemove(KeyValuePair.Create(attachment.Agent, attachment)))
        {
            core.Metrics.Attached(-1);
        }

        attachment.End(code);
    }

    public PushRoute? RouteOf(string agent) => _attachments.TryGetValue(agent, out var attachment) ? attachment.Route : null;

    /// <summary>The agent was removed from the store.</summary>
    public void Removed(string agent)
    {
        if (_attachments.TryGetValue(agent, out var attachment))
        {
            Detach(attachment);
        }
    }
}
