using System.Collections.Frozen;

namespace Loop.Sdk.Server;

/// <summary>Every contract of the server, by the id that welcomes give out and by name.</summary>
internal sealed class ContractTable
{
    private readonly ContractBinding[] _bindings;
    private readonly FrozenDictionary<string, int> _ids;

    /// <summary>Binds the contracts that were added.</summary>
    /// <exception cref="InvalidOperationException">A contract was added twice.</exception>
    public ContractTable(IEnumerable<ContractRegistration> registrations, IServiceProvider services)
    {
        _bindings = [.. registrations.Select((registration, index) => registration.Bind(services, index + 1))];
        var twice = _bindings.CountBy(static binding => binding.Name).FirstOrDefault(static name => name.Value > 1).Key;
        if (twice is not null)
        {
            throw new InvalidOperationException($"The contract {twice} was added twice.");
        }

        _ids = _bindings.Select(static (binding, index) => KeyValuePair.Create(binding.Name, index + 1)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    public ContractBinding? Find(int id) => (uint)(id - 1) < (uint)_bindings.Length ? _bindings[id - 1] : null;

    public ContractBinding? Find(string name) => _ids.TryGetValue(name, out var id) ? _bindings[id - 1] : null;

    /// <summary>The ids of those contracts that the server has.</summary>
    public Dictionary<string, int> IdsOf(IEnumerable<string> wanted)
    {
        var ids = new Dictionary<string, int>();
        foreach (var name in wanted)
        {
            if (_ids.TryGetValue(name, out var id))
            {
                ids[name] = id;
            }
        }

        return ids;
    }
}
