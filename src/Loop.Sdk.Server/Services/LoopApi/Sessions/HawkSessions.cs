using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The sessions of the API. The store has neither their Hawk ids nor their keys, so that whoever reads it can use none.</summary>
internal sealed class HawkSessions(ILoopApiStorage storage, IOptions<LoopHttpApiOptions> settings, TimeProvider time)
{
    // A session that is used is written once a day.
    private static readonly long Lag = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Begins a session.</summary>
    /// <param name="account">The account that it is bound to, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The session's token, 64 characters, and the session.</returns>
    public async ValueTask<(string Token, HawkSession Session)> CreateAsync(string? account, CancellationToken cancellationToken)
    {
        var token = RandomNumberGenerator.GetBytes(HawkCredentials.TokenSize);
        var credentials = HawkCredentials.Derive(token);
        var id = IdOf(credentials.Id);
        var now = Now;
        var session = new HawkSession(id, account ?? LoopApiSessionRecord.AnonymousPrefix + id, account, credentials.Key, now + Lifetime);
        var record = new LoopApiSessionRecord(id, session.User, account, Mask(credentials.Id, Convert.FromHexString(credentials.Key)), now, session.ExpiresAt);
        await storage.AddAsync(record, settings.Value.MaxSessionsPerUser, cancellationToken).ConfigureAwait(false);
        return (Convert.ToHexStringLower(token), session);
    }

    /// <summary>The session with a Hawk id, or null.</summary>
    public async ValueTask<HawkSession?> FindAsync(string hawkId, CancellationToken cancellationToken) =>
        await storage.FindAsync(IdOf(hawkId), Now, cancellationToken).ConfigureAwait(false) is { } record
            ? new HawkSession(record.Id, record.User, record.Account, Convert.ToHexStringLower(Mask(hawkId, record.MaskedKey.Span)), record.ExpiresAt)
            : null;

    /// <summary>The session was used.</summary>
    public async ValueTask ProlongAsync(HawkSession session, CancellationToken cancellationToken)
    {
        if (Now + Lifetime - session.ExpiresAt >= Lag)
        {
            await storage.ProlongAsync(session.Id, Now + Lifetime, cancellationToken).ConfigureAwait(false);
        }
    }

    private long Lifetime => (long)settings.Value.SessionLifetime.TotalMilliseconds;

    private static string IdOf(string hawkId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hawkId)));

    // Each Hawk id masks one key only, so a mask is never used twice.
    private static byte[] Mask(string hawkId, ReadOnlySpan<byte> key)
    {
        var mask = HMACSHA256.HashData(Encoding.UTF8.GetBytes(hawkId), "loop.sdk/hawk-key"u8);
        for (var index = 0; index < mask.Length; index++)
        {
            mask[index] ^= key[index];
        }

        return mask;
    }
}
