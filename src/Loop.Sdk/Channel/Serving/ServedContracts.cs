using System.Collections.Frozen;
using Loop.Sdk.Contracts;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Serving;

/// <summary>What the server may call on this client, by name. What is added counts at once, in every session.</summary>
internal sealed class ServedContracts(IReadOnlyDictionary<string, Func<ILogger, ServedContract>>? served, ILogger logger)
{
    private readonly Lock _lock = new();
    private FrozenDictionary<string, ServedContract> _contracts =
        served?.ToFrozenDictionary(static pair => pair.Key, pair => pair.Value(logger)) ?? FrozenDictionary<string, ServedContract>.Empty;

    public ServedContract? Find(string name) => Volatile.Read(ref _contracts).GetValueOrDefault(name);

    /// <exception cref="ArgumentException">A contract of this name is served already.</exception>
    public void Add<TContract>(TContract implementation)
        where TContract : class, IContract<TContract>
    {
        var name = TContract.Descriptor.Name;
        lock (_lock)
        {
            if (_contracts.ContainsKey(name))
            {
                throw AlreadyServed(name, nameof(implementation));
            }

            var added = KeyValuePair.Create<string, ServedContract>(name, new ServedContract<TContract>(implementation, logger));
            Volatile.Write(ref _contracts, _contracts.Append(added).ToFrozenDictionary());
        }
    }

    public static ArgumentException AlreadyServed(string name, string parameter) => new($"The contract {name} is served already.", parameter);
}
