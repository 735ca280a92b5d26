using System.Buffers.Text;
using System.Security.Cryptography;
using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Presence;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Availability;

/// <summary>One session's calls to <c>loop.availability/1</c>.</summary>
internal sealed class AvailabilityHandler(AvailabilityCore core, LoopSession session) : IAvailability, IDisposable
{
    private const int IdBytes = 16;

    private readonly SemaphoreSlim _reporting = new(1, 1);
    private AvailabilityState? _reported;

    private string Account =>
        session.PrincipalId.Length > 0 && core.Options.ApplicationOf?.Invoke(session) is null ? session.PrincipalId : throw AvailabilityErrors.Of(ErrorCodes.AccountRequired);

    public async Task ReportAsync(ActivityReport report, CancellationToken cancellationToken)
    {
        var account = Account;
        var state = RequestCheck.Defined(RequestCheck.Some(report).State);
        var scope = ScopeName.OfDevices(account);
        var presence = core.Presence.Sessions.Of(session);
        await _reporting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var data = Devices.Write(state, core.Now);
            if (_reported == state)
            {
                return;
            }

            if (_reported is null || !presence.TryUpdate(scope, data))
            {
                await core.Storage.SeeAsync(account, core.Now.ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
                await presence.EnterAsync(scope, data, session.Id, _ => ValueTask.FromResult(new PresenceGrant { User = session.Id }), cancellationToken).ConfigureAwait(false);
            }

            _reported = state;
        }
        finally
        {
            _reporting.Release();
        }
    }

    public Task SetStatusAsync(OwnStatus status, CancellationToken cancellationToken)
    {
        var account = Account;
        var mode = RequestCheck.Defined(RequestCheck.Some(status).Mode);
        var text = status.Text is { Length: > 0 } given ? given : null;
        DisplayText.Check(text ?? "", core.Options.MaxText);
        return core.ChangeAsync(
            account,
            async () =>
            {
                await core.Storage.SetStatusAsync(account, new StatusRecord((int)mode, text), core.Now.ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    public IFeed<AccountAvailability, AccountAvailability> Watch() => Follow(static state => state.Feed!);

    public async Task<Grant> GrantAsync(GrantRequest request, CancellationToken cancellationToken)
    {
        var account = Account;
        var application = AvailabilityRequests.Application(RequestCheck.Some(request).Application);
        if (core.Options.IsApplication?.Invoke(application) == false)
        {
            throw AvailabilityErrors.Of(ErrorCodes.ApplicationNotFound);
        }

        var grant = new GrantRecord(application, account, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)), core.Now.ToUnixTimeMilliseconds());
        var kept = await core.ChangeAsync(account, () => core.Storage.GrantAsync(grant, core.Options.MaxGrants, cancellationToken), cancellationToken).ConfigureAwait(false);
        return kept is null ? throw AvailabilityErrors.Of(ErrorCodes.TooManyGrants) : AvailabilityCore.View(kept);
    }

    public Task RevokeAsync(ApplicationRef application, CancellationToken cancellationToken)
    {
        var account = Account;
        var id = AvailabilityRequests.Application(RequestCheck.Some(application).Application);
        return core.ChangeAsync(
            account,
            async () =>
            {
                if (await core.Storage.RevokeAsync(account, id, cancellationToken).ConfigureAwait(false) is { } grant)
                {
                    core.Revoked(grant);
                }

                return true;
            },
            cancellationToken);
    }

    public IFeed<KeyedSnapshot<Grant>, KeyedChange<string, Grant>> Grants() => Follow(static state => state.Grants!);

    public void Dispose() => _reporting.Dispose();

    private GatedFeed<TSnapshot, TChange> Follow<TSnapshot, TChange>(Func<AccountState, IFeed<TSnapshot, TChange>> feed) => new(async cancellationToken =>
    {
        var state = core.Acquire(Account);
        try
        {
            await core.FollowAsync(state, cancellationToken).ConfigureAwait(false);
            return new(feed(state), static () => AvailabilityErrors.Of(ErrorCodes.AccountRequired), () => core.Release(state));
        }
        catch
        {
            core.Release(state);
            throw;
        }
    });
}
