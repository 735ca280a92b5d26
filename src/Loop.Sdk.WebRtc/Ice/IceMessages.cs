using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>The messages of connectivity checks.</summary>
internal static class IceMessages
{
    public static int WriteCheck(Span<byte> datagram, TransactionId id, CheckList list, CandidatePair pair, IceRole role, ulong tieBreaker, bool nominates)
    {
        var writer = new StunWriter(datagram, StunMethod.Binding, StunClass.Request, id);
        writer.Add(StunAttribute.Username, list.Username);
        writer.Add(StunAttribute.Priority, CandidatePriority.AsPeerReflexive(pair.Local.Candidate.Priority));
        writer.Add(role == IceRole.Controlling ? StunAttribute.IceControlling : StunAttribute.IceControlled, tieBreaker);
        if (nominates)
        {
            writer.Add(StunAttribute.UseCandidate);
        }

        writer.AddIntegrity(list.Remote!.KeyBytes);
        writer.AddFingerprint();
        return writer.Length;
    }

    public static int WriteResponse(Span<byte> datagram, in PendingResponse response)
    {
        var writer = new StunWriter(datagram, StunMethod.Binding, response.Error == 0 ? StunClass.Success : StunClass.Error, response.Id);
        if (response.Error == 0)
        {
            writer.Add(StunAttribute.XorMappedAddress, response.To);
        }
        else
        {
            writer.AddError(response.Error);
        }

        if (response.Error == StunErrorCode.UnknownAttribute)
        {
            writer.AddUnknown([response.Unknown]);
        }

        writer.AddIntegrity(response.Credentials.KeyBytes);
        writer.AddFingerprint();
        return writer.Length;
    }
}
