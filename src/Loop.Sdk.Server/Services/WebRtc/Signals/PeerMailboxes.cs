using System.Collections.Concurrent;
using Loop.Sdk.Server.Rooms;

namespace Loop.Sdk.Server.WebRtc;

/// <summary>The mailboxes of the participations that signal or are signalled to. With the participation, its mailbox ends.</summary>
internal sealed class PeerMailboxes(WebRtcOptions options)
{
    private readonly ConcurrentDictionary<Participation, PeerMailbox> _mailboxes = new();

    public int Count => _mailboxes.Count;

    public PeerMailbox Of(Participation participation)
    {
        if (_mailboxes.TryGetValue(participation, out var known))
        {
            return known;
        }

        var mailbox = new PeerMailbox(options.MaxWaitingSignals, options.MaxWaitingBytes);
        if (!_mailboxes.TryAdd(participation, mailbox))
        {
            return _mailboxes.TryGetValue(participation, out known) ? known : mailbox;
        }

        // Runs at once if it has ended already.
        participation.Ended.UnsafeRegister(_ => _mailboxes.TryRemove(participation, out var _), null);
        return mailbox;
    }
}
