using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Prolongs the participations of living sessions, connected or not.</summary>
internal sealed class LeaseKeeper(RoomsCore core)
{
    // What is done at the same time shares the store's commits.
    private const int AtOnce = 256;

    /// <summary>Prolongs those that have lived for a third of their time.</summary>
    public async Task RenewAllAsync(CancellationToken cancellationToken)
    {
        var due = core.Now + (long)(core.Options.Lease.TotalMilliseconds * 2 / 3);
        foreach (var part in core.Sessions.Participations.Where(participation => participation.ExpiresAt <= due).Chunk(AtOnce))
        {
            try
            {
                await Task.WhenAll(part.Select(participation => RenewAsync(participation, cancellationToken))).ConfigureAwait(false);
            }
            catch (LoopException error)
            {
                core.Log.RenewalFailed(part.Length, error);
            }
        }
    }

    /// <summary>Prolongs a participation, or ends it here if it has ended in the store.</summary>
    /// <returns>Whether it goes on.</returns>
    public async Task<bool> RenewAsync(Participation participation, CancellationToken cancellationToken)
    {
        var now = core.Now;
        var expiresAt = now + (long)core.Options.Lease.TotalMilliseconds;
        var outcome = await core.Storage.Participants.RefreshAsync(participation.Room.Token, participation.Id, expiresAt, now, cancellationToken).ConfigureAwait(false);
        if (outcome != ParticipantOutcome.Done)
        {
            participation.End(ErrorCodes.ParticipationExpired);
            return false;
        }

        participation.ExpiresAt = expiresAt;
        return participation.Reason is null;
    }
}
