namespace Loop.Sdk.Server.Storage;

internal sealed class MemoryPushSenderStore(MemoryPushState state) : IPushSenderStore
{
    public Task<ReadOnlyMemory<byte>> GetOrAddSecretAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        PushRecordGuard.Secret(name, value);
        return state.Run(() => state.Secrets.TryGetValue(name, out var known) ? known : state.Secrets[name] = value.ToArray());
    }

    public Task AddForeignAsync(ForeignEndpointRecord endpoint, int accountLimit, CancellationToken cancellationToken)
    {
        PushRecordGuard.Check(endpoint);
        PushRecordGuard.Range(accountLimit, 1, int.MaxValue, "number of endpoints");
        return state.Run(() =>
        {
            state.Foreign.RemoveAll(one => one.Account == endpoint.Account && one.Url == endpoint.Url);
            state.Foreign.Add(endpoint);
            var extra = state.Foreign.Count(one => one.Account == endpoint.Account) - accountLimit;
            return state.Foreign.RemoveAll(one => one.Account == endpoint.Account && extra-- > 0);
        });
    }

    public Task<IReadOnlyList<ForeignEndpointRecord>> ListForeignAsync(string account, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(account, "account");
        return state.Run<IReadOnlyList<ForeignEndpointRecord>>(() => [.. state.Foreign.Where(one => one.Account == account)]);
    }

    public Task<bool> RemoveForeignAsync(string account, string endpoint, CancellationToken cancellationToken)
    {
        PushRecordGuard.Id(account, "account");
        PushRecordGuard.Url(endpoint);
        return state.Run(() => state.Foreign.RemoveAll(one => one.Account == account && one.Url == endpoint) > 0);
    }
}
