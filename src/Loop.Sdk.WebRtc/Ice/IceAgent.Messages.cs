using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

// What the peer's checks and answers do.
internal sealed partial class IceAgent
{
    // A check of the peer: nothing is believed, or answered, before its code has been found right. Whoever does not know the password learns nothing, not even that there is someone.
    private bool TakeCheck(in StunMessage message, int socket, in TransportAddress from, long now)
    {
        if (!message.TryFind(StunAttribute.Username, out var username))
        {
            return false;
        }

        var list = _current.IsFor(username) ? _current : _previous;
        if (list is null || !list.IsFor(username) || list.FindLocal(socket) is null || !from.IsUnicast || !message.CheckIntegrity(list.Local.KeyBytes))
        {
            return false;
        }

        Span<ushort> unknown = stackalloc ushort[1];
        var error = message.FindUnknown(unknown) > 0 ? StunErrorCode.UnknownAttribute : SettleRoles(message, list) ? 0 : StunErrorCode.RoleConflict;
        if (_responses.Count < IceTiming.MaxResponses)
        {
            _responses.Enqueue(new PendingResponse(list.Local, socket, from, message.TransactionId, error, unknown[0]));
        }

        if (error == 0 && !list.HasFailed)
        {
            Trigger(message, list, socket, from, now);
        }

        return true;
    }

    private void Trigger(in StunMessage message, CheckList list, int socket, in TransportAddress from, long now)
    {
        if (list.FindRemote(from) is null && !AddPeerReflexive(message, list, from))
        {
            return;
        }

        if (list.FindPair(socket, from) is not { } pair)
        {
            return;
        }

        pair.IsAuthenticated = true;
        if (pair.State != PairState.Succeeded)
        {
            pair.Retry();
            pair.IsTriggered = true;
        }

        if (Role == IceRole.Controlled && message.Has(StunAttribute.UseCandidate))
        {
            (pair.IsNominated, pair.NominatedAt) = (true, now);
            if (pair.State == PairState.Succeeded && list == _current)
            {
                FollowNomination(pair, now);
            }
        }
    }

    private bool AddPeerReflexive(in StunMessage message, CheckList list, in TransportAddress from)
    {
        message.TryFindUInt32(StunAttribute.Priority, out var priority);
        var found = new Candidate
        {
            Foundation = "prflx",
            Component = 1,
            Priority = Math.Clamp(priority, 1, int.MaxValue),
            Address = from,
            Type = CandidateType.PeerReflexive,
        };
        if (list.AddRemote(found, Role) is null)
        {
            return false;
        }

        Raise(IceEventKind.PeerReflexiveFound, from);
        return true;
    }

    // Both ends believe that they have the same role: the one with the smaller number gives way (RFC 8445, section 7.3.1.1). A lite end has no choice of role.
    private bool SettleRoles(in StunMessage message, CheckList list)
    {
        var rival = Role == IceRole.Controlling ? StunAttribute.IceControlling : StunAttribute.IceControlled;
        if (list.IsRemoteLite || !message.TryFindUInt64(rival, out var theirs))
        {
            return true;
        }

        if (_tieBreaker >= theirs == (Role == IceRole.Controlling))
        {
            return false;
        }

        SwitchRole();
        return true;
    }

    private void SwitchRole()
    {
        SetRole(Role == IceRole.Controlling ? IceRole.Controlled : IceRole.Controlling);
        Raise(IceEventKind.RoleChanged);
    }

    private bool TakeAnswer(in StunMessage message, int socket, in TransportAddress from, long now)
    {
        var id = message.TransactionId;
        var list = _current;
        if (list.FindPair(id, out var check) is not { } pair)
        {
            list = _previous;
            if (list is null || (pair = list.FindPair(id, out check)!) is null)
            {
                return false;
            }
        }

        if (list.Remote is not { } remote || !message.CheckIntegrity(remote.KeyBytes))
        {
            return false;
        }

        if (list.HasFailed)
        {
            return true;
        }

        if (message.Class == StunClass.Success && !pair.IsOver(socket, from))
        {
            // An answer from elsewhere: the way there is not the way back (RFC 8445, section 7.2.5.2.1). A pair that was answered before has both: somebody saw the answer and was faster.
            if (pair.State == PairState.Succeeded)
            {
                return false;
            }

            Fail(pair);
            return true;
        }

        // Once only: whoever repeats an answer cannot keep a path alive.
        pair.Forget(id);
        if (message.Class == StunClass.Error)
        {
            TakeError(message.ErrorCode, pair, check);
        }
        else
        {
            Succeed(list, pair, check, now);
        }

        return true;
    }

    private void TakeError(int code, CandidatePair pair, in SentCheck check)
    {
        if (code == StunErrorCode.RoleConflict)
        {
            if (check.Role == Role && !_current.IsRemoteLite)
            {
                SwitchRole();
            }

            pair.Retry();
            pair.IsTriggered = true;
        }
        else if (pair.State == PairState.InProgress)
        {
            Fail(pair);
        }
    }

    private void Succeed(CheckList list, CandidatePair pair, in SentCheck check, long now)
    {
        var isFirst = pair.State != PairState.Succeeded;
        pair.OnAnswered(now);
        if (isFirst)
        {
            pair.IsTriggered = false;
            list.Hold(pair, false);
            list.FirstValidAt = Math.Min(list.FirstValidAt, now);
        }

        if (list == _current)
        {
            if (Role == IceRole.Controlling && check.IsNomination && check.Role == Role && pair == _nominating)
            {
                Select(pair, now);
            }
            else if (Role == IceRole.Controlled && isFirst && pair.IsNominated)
            {
                FollowNomination(pair, now);
            }
        }

        pair.NextCheck = now + (pair == PathPair ? Jitter(IceTiming.Consent) : IceTiming.KeepAlive);
    }

    private void Fail(CandidatePair pair)
    {
        pair.State = PairState.Failed;
        pair.IsTriggered = false;
        _current.Hold(pair, false);
        if (pair == _nominating)
        {
            _nominating = null;
            pair.IsNominated = false;
        }
    }
}
