using System.Globalization;

namespace Loop.Sdk.WebRtc.Negotiation;

/// <summary>One end: a negotiator, and whoever does its commands.</summary>
internal sealed class SimEnd
{
    private readonly Random _random;
    private readonly bool _fails;
    private readonly bool _trickles;
    private readonly HashSet<(string, string?)> _met = [];
    private int _attempts;

    /// <param name="name">What it is called.</param>
    /// <param name="isPolite">Whether it gives way.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="fails">Whether steps of connections fail now and then, as they do in the real world.</param>
    /// <param name="trickles">Whether a candidate follows each description.</param>
    public SimEnd(string name, bool isPolite, Random random, bool fails, bool trickles = false)
    {
        Name = name;
        _random = random;
        _fails = fails;
        _trickles = trickles;
        Negotiator = new PairNegotiator(PairTiming.Default, () => string.Create(CultureInfo.InvariantCulture, $"{name}-{++_attempts}")) { IsPolite = isPolite };
    }

    public string Name { get; }

    public PairNegotiator Negotiator { get; }

    public SimConnection? Connection { get; private set; }

    /// <summary>How many connections were made.</summary>
    public int Opened { get; private set; }

    /// <summary>Does all that the negotiator wants, and gives what is to be sent.</summary>
    public IEnumerable<PairSignal> Work(long now)
    {
        while (Negotiator.TryTake(out var command))
        {
            SessionDescription? made = null;
            switch (command)
            {
                case PairCommand.Send send:
                    yield return send.Signal;
                    break;
                case PairCommand.Open:
                    SimCheck.That(_met.Add((Negotiator.Attempt, Negotiator.PeerAttempt)), "Two connections are of the same attempts.");
                    Connection = new SimConnection(this, Negotiator.Generation);
                    Opened++;
                    break;
                case PairCommand.Restart:
                    Connection!.Restart();
                    break;
                default:
                    if (_fails && _random.Next(200) == 0)
                    {
                        Negotiator.Failed(command, now);
                        continue;
                    }

                    made = command switch
                    {
                        PairCommand.Offer => Connection!.Offer(),
                        PairCommand.Accept accept => Connection!.Accept(accept.Description),
                        PairCommand.Complete complete => Complete(complete.Description),
                        _ => null,
                    };
                    break;
            }

            Negotiator.Done(command, made);
            if (_trickles && made is not null)
            {
                Negotiator.CandidateFound(Negotiator.Generation, new IceCandidate(""));
            }
        }
    }

    private SessionDescription? Complete(SessionDescription answer)
    {
        Connection!.Complete(answer);
        return null;
    }
}
