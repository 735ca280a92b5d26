namespace Loop.Sdk.WebRtc;

/// <content>What peers signal: whose pair it belongs to.</content>
internal sealed partial class MeshCore
{
    void ISignalSink.Receive(string from, string author, PairSignal signal)
    {
        if (!MeshContext.IsNonce(signal.Instance) || !MeshContext.IsNonce(signal.Attempt))
        {
            Context.Log.PeerBroke("a signal without its ids");
            return;
        }

        lock (_lock)
        {
            if (!_isOver)
            {
                Take(from, author, signal);
            }
        }

        Look();
    }

    void ISignalSink.Lost(string? from)
    {
        lock (_lock)
        {
            foreach (var pair in _roster.Pairs.Where(pair => from is null || pair.Address.Participation == from))
            {
                pair.Lost();
            }
        }
    }

    void ISignalSink.Refused(string from, string code) => Refusals.Publish(new RefusedSignal(from, code));

    private void Take(string from, string author, PairSignal signal)
    {
        if (_roster.MemberOf(from) is { } member && member != author)
        {
            // The server says that it is somebody else's participation.
            Refusals.Publish(new RefusedSignal(from, ErrorCodes.ForgedAuthor));
            return;
        }

        if (_left.Has(NameOf(author, signal.Instance)))
        {
            // What was still on its way when they left. A mesh that left does not come back: the next one has another name.
            return;
        }

        if (_roster.At(from) is not { } pair)
        {
            // Signals may be faster than the list.
            Add(new PeerAddress(from, author, ""));
            pair = _roster.At(from);
        }

        if (pair is null || pair.Address.Member != author)
        {
            return;
        }

        if (signal.Kind == PairSignalKind.Bye)
        {
            _left.Add(NameOf(author, signal.Instance));
            if (pair.Link is null || pair.Link.Id == signal.Instance)
            {
                Remove(pair);
            }

            return;
        }

        if (pair.Link is { } link && link.Id != signal.Instance)
        {
            // Their mesh is another one than before, in the same participation.
            Remove(pair);
            Add(pair.Address with { Instance = "" });
            pair = _roster.At(from);
        }

        if (pair?.Link is null && _roster.Of(author, signal.Instance) is { } known)
        {
            TakeBack(known, pair, from, signal);
            return;
        }

        if (pair is { Link: null })
        {
            pair.Meet(new PeerLink(signal.Instance, author, this));
            Show(pair);
        }

        pair?.Receive(signal);
    }

    // Somebody came back as another participation, or this client did: if the connection is there, it is kept.
    private void TakeBack(MeshPair known, MeshPair? stranger, string participation, PairSignal signal)
    {
        var isReply = stranger is not null && signal.Ack == stranger.Attempt;
        if (stranger is not null)
        {
            _roster.Remove(stranger);
            _leaving.Add(stranger.DisposeAsync().AsTask());
        }

        known.Move(participation);
        known.AbsentSince = null;
        if (signal.Kind == PairSignalKind.Hello && known.IsConnected)
        {
            if (!isReply)
            {
                known.Reply(new PairSignal { Kind = PairSignalKind.Hello, Attempt = known.Attempt, Ack = signal.Attempt, Has = known.PeerAttempt });
                return;
            }

            if (signal.Has == known.Attempt)
            {
                return;
            }
        }

        known.Receive(signal);
    }
}
