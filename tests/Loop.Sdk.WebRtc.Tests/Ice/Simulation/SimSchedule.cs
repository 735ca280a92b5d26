using Loop.Sdk.Harness;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice.Simulation;

/// <summary>What one seed stands for: two ends somewhere, what the network does to them, and what they promise all the same.</summary>
internal sealed class SimSchedule
{
    private const long Second = 1_000_000;

    private readonly SeededRandom _random;
    private readonly SimNetwork _network;
    private readonly SimServer _server;
    private readonly SimPair _pair;
    private readonly SimPeerOptions _first;
    private readonly SimPeerOptions _second;
    private readonly bool _isOneLan;

    private SimSchedule(long seed)
    {
        _random = new SeededRandom(seed);
        _network = new SimNetwork(_random)
        {
            Loss = _random.Pick(0, 0, 0, 2, 10),
            Delay = _random.Pick(50, 1000, 20_000, 100_000),
            Jitter = _random.Pick(0, 0, 1000, 30_000),
        };
        _server = new SimServer(_network, IceAgentTests.Address("203.0.113.9", 3478));
        _isOneLan = _random.Chance(15);
        var shared = new SimNat(_random.Pick(NatKind.PortRestricted, NatKind.Symmetric), IceAgentTests.Address("198.51.100.77", 1));
        _first = Draw(1, IceRole.Controlling, shared);
        _second = Draw(2, _random.Chance(80) ? IceRole.Controlled : IceRole.Controlling, shared);
        if (_random.Chance(10))
        {
            _first = _first with { Role = IceRole.Controlled };
        }

        _pair = new SimPair(_network, _first, _second, _random.Pick(0, 5000, 100_000, 1_000_000));
    }

    /// <summary>Runs a seed.</summary>
    /// <returns>Whether the ends came to be connected, which in some places they cannot.</returns>
    public static bool Run(long seed) => new SimSchedule(seed).Run();

    private bool Run()
    {
        _pair.Connect();
        _pair.Chat();
        Spoof();
        var isOver = _network.RunUntil(() => _pair.IsConnected || _pair.IsOver, 60 * Second);
        SimFailure.Unless(isOver, $"neither connected nor failed: {_pair.First.Agent.State} and {_pair.Second.Agent.State}; {Describe()}");
        if (!_pair.IsConnected)
        {
            SimFailure.Unless(!MustConnect(), $"there was a path that was not found: {Describe()}");
            return false;
        }

        SimFailure.Unless(_pair.First.Agent.Role != _pair.Second.Agent.Role, "both ends have the same role");
        _network.Run(3 * Second);
        SimFailure.Unless(_pair.Talks(), $"connected, and nothing gets through: {Describe()}");
        Continue();
        _network.Loss = 0;
        Close();
        return true;
    }

    private void Continue()
    {
        switch (_random.Next(6))
        {
            case 0:
                _network.Run(700 * Second);
                SimFailure.Unless(_pair.IsConnected && _pair.Talks(), $"a quiet connection was lost: {Describe()}");
                break;
            case 1:
                Restart();
                break;
            case 2:
                Interrupt(_random.Between(8, 20), false);
                break;
            case 3:
                Interrupt(45, true);
                break;
            case 4:
                LosePath();
                break;
            default:
                _network.Run(20 * Second);
                SimFailure.Unless(_pair.IsConnected && _pair.Talks(), $"a connection was lost: {Describe()}");
                break;
        }
    }

    private void Restart()
    {
        var old = _pair.First.Agent.Path;
        _pair.Restart();
        SimFailure.Unless(_pair.First.Agent.Path == old && _pair.First.Agent.State == IceState.Connected, "a restart took the path away");
        SimFailure.Unless(_network.RunUntil(() => IsRestarted(_pair.First) && IsRestarted(_pair.Second), 20 * Second), $"a restart did not end: {Describe()}");
        _network.Run(15 * Second);
        SimFailure.Unless(_pair.IsConnected && _pair.Talks(), $"after a restart nothing gets through: {Describe()}");
        SimFailure.Unless(!_pair.First.States.Contains(IceState.Failed) && !_pair.Second.States.Contains(IceState.Failed), "a restart failed in between");
    }

    private void Interrupt(int seconds, bool isFatal)
    {
        _network.IsDown = static (_, _) => true;
        _network.Run(seconds * Second);
        var expected = isFatal ? IceState.Failed : IceState.Disconnected;
        SimFailure.Unless(isFatal || (_pair.First.States[^1] == expected || seconds < 13), $"{_pair.First.Agent.State} after {seconds} s of silence");
        SimFailure.Unless(!isFatal || (_pair.IsOver && _pair.First.Agent.Path.IsNone), $"consent did not run out: {_pair.First.Agent.State}, {_pair.Second.Agent.State}");
        _network.IsDown = static (_, _) => false;
        if (isFatal)
        {
            // Only a restart helps. The allocations may be lost, so whoever needs them may have no path now.
            _network.Run(10 * Second);
            SimFailure.Unless(_pair.IsOver, "a failed agent came back by itself");
            return;
        }

        SimFailure.Unless(_network.RunUntil(() => _pair.IsConnected && _pair.Talks(), 30 * Second), $"did not come back after {seconds} s: {Describe()}");
    }

    // The path in use goes dark in both directions, as its ends see it; whatever else there is takes over.
    private void LosePath()
    {
        if (IsRelayed(_pair.First) || IsRelayed(_pair.Second) || !CanRelay())
        {
            return;
        }

        var dark = new HashSet<TransportAddress>([.. _first.Addresses, .. _second.Addresses]);
        bool IsDirect(TransportAddress from, TransportAddress to) =>
            (dark.Contains(from) && !IsRelay(to)) || (dark.Contains(to) && !IsRelay(from));
        _network.IsDown = IsDirect;
        SimFailure.Unless(_network.RunUntil(() => IsRelayed(_pair.First) && IsRelayed(_pair.Second) && _pair.IsConnected, 60 * Second), $"no other path took over: {Describe()}");
        _network.Run(10 * Second);
        SimFailure.Unless(_pair.IsConnected && _pair.Talks(), $"after a path was lost nothing gets through: {Describe()}");
    }

    private void Close()
    {
        _network.IsDown = static (_, _) => false;
        _pair.First.Close();
        _pair.Second.Close();
        _network.RunUntil(() => _server.Allocations == 0, 10 * Second);
        SimFailure.Unless(_server.Allocations == 0, "an allocation was left on the server");
    }

    // Datagrams of strangers: with no passwords, from addresses that are nobody's and from addresses that are the peer's.
    private void Spoof()
    {
        var target = _random.Chance(50) ? _first : _second;
        var stranger = IceAgentTests.Address("198.51.100.200", 666);
        var bytes = new byte[200];
        var kind = _random.Next(3);
        var length = 100;
        if (kind == 0)
        {
            bytes = [22, 254, 253, .. bytes];
        }
        else
        {
            var writer = new StunWriter(bytes, StunMethod.Binding, kind == 1 ? StunClass.Request : StunClass.Success, TransactionId.Create(_random.Fill));
            writer.Add(StunAttribute.Username, "AAAAAAAA:BBBBBBBB"u8);
            writer.Add(StunAttribute.XorMappedAddress, stranger);
            writer.Add(StunAttribute.UseCandidate);
            writer.AddIntegrity("a password that is wrong"u8);
            writer.AddFingerprint();
            length = writer.Length;
        }

        _network.Send(stranger, target.Addresses[0], bytes.AsSpan(0, length));
        _network.After(_random.Between(1, 300_000), Spoof);
    }

    private SimPeerOptions Draw(int number, IceRole role, SimNat shared)
    {
        var kind = _random.Pick(NatKind.None, NatKind.FullCone, NatKind.AddressRestricted, NatKind.PortRestricted, NatKind.Symmetric);
        var nat = _isOneLan ? shared : kind == NatKind.None ? null : new SimNat(kind, IceAgentTests.Address($"198.51.100.{number}", 1));
        var addresses = new List<TransportAddress> { IceAgentTests.Address(nat is null ? $"192.0.2.{number}" : $"10.0.0.{number}", 4000 + number) };
        if (_random.Chance(30))
        {
            addresses.Add(IceAgentTests.Address($"2001:db8::{number}", 4000 + number));
        }

        var hasTurn = _random.Chance(50);
        return new SimPeerOptions
        {
            Addresses = addresses,
            Nat = nat,
            Role = role,
            Stun = _random.Chance(70) ? _server.Address : null,
            Turn = hasTurn ? _server.Address : null,
            IsRelayOnly = hasTurn && _random.Chance(20),
        };
    }

    private bool MustConnect()
    {
        if (CanRelay() || _first.IsRelayOnly || _second.IsRelayOnly)
        {
            return CanRelay();
        }

        if (_isOneLan || _first.Nat is null || _second.Nat is null || (_first.Addresses.Count > 1 && _second.Addresses.Count > 1))
        {
            return true;
        }

        var (mine, theirs) = (_first.Nat.Kind, _second.Nat.Kind);
        return _first.Stun is not null && _second.Stun is not null
            && !(mine == NatKind.Symmetric && theirs is NatKind.Symmetric or NatKind.PortRestricted) && !(theirs == NatKind.Symmetric && mine is NatKind.Symmetric or NatKind.PortRestricted);
    }

    // A relay lets in whom it was told of, so the other end must know an address of its own that the relay sees.
    private bool CanRelay() => (_first.Turn is not null && IsKnown(_second)) || (_second.Turn is not null && IsKnown(_first));

    private static bool IsKnown(SimPeerOptions end) => end.Turn is not null || end.Nat is null || end.Stun is not null;

    private bool IsRelayed(SimPeer peer) => peer.Agent.Path is { IsNone: false } path && (path.LocalType == CandidateType.Relayed || IsRelay(path.Remote));

    private bool IsRelay(TransportAddress address) => address.HasSameAddress(_server.Address);

    private static bool IsRestarted(SimPeer peer) => peer.Agent.RemoteCredentials is not null && peer.Agent.IsSettled;

    private string Describe() =>
        $"{_first.Nat?.Kind} and {_second.Nat?.Kind}, LAN {_isOneLan}, STUN {_first.Stun is not null} {_second.Stun is not null}, TURN {_first.Turn is not null} {_second.Turn is not null}, "
        + $"relay only {_first.IsRelayOnly} {_second.IsRelayOnly}, loss {_network.Loss}, delay {_network.Delay}, paths {_pair.First.Agent.Path} and {_pair.Second.Agent.Path}, "
        + $"states {string.Join(',', _pair.First.States)} and {string.Join(',', _pair.Second.States)}";
}
