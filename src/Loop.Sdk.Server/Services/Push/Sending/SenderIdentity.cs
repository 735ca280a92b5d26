using System.Collections.Concurrent;
using System.Security.Cryptography;
using Loop.Sdk.Push;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Push;

/// <summary>The sender's key, and a token for each push service, which is used for hours.</summary>
internal sealed class SenderIdentity(IPushStorage storage, IOptions<WebPushSenderOptions> options, TimeProvider time) : IDisposable
{
    private const string KeyName = "vapid";
    private const int MostOrigins = 1000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (string Header, DateTimeOffset ExpiresAt)> _tokens = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private VapidKeys? _keys;

    public async ValueTask<VapidKeys> KeysAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _keys) is { } known)
        {
            return known;
        }

        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_keys is null)
            {
                using var fresh = VapidKeys.Generate();
                var exported = fresh.Export();
                var kept = await storage.Sender.GetOrAddSecretAsync(KeyName, exported, cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref _keys, VapidKeys.Import(kept.Span));
                CryptographicOperations.ZeroMemory(exported);
            }

            return _keys!;
        }
        finally
        {
            _loading.Release();
        }
    }

    public async ValueTask<string> AuthorizationAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var origin = VapidToken.OriginOf(endpoint);
        var now = time.GetUtcNow();
        if (_tokens.TryGetValue(origin, out var token) && token.ExpiresAt - now > RenewBefore)
        {
            return token.Header;
        }

        if (_tokens.Count >= MostOrigins)
        {
            _tokens.Clear();
        }

        var keys = await KeysAsync(cancellationToken).ConfigureAwait(false);
        var header = VapidToken.CreateAuthorization(keys, endpoint, options.Value.Subject, now + Lifetime);
        _tokens[origin] = (header, now + Lifetime);
        return header;
    }

    public void Dispose()
    {
        _keys?.Dispose();
        _loading.Dispose();
    }
}
