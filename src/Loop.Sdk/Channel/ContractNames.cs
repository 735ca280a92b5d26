namespace Loop.Sdk.Channels;

/// <summary>The contracts that the client names in its hello. Others can be called as well: their name then goes along with each call.</summary>
internal sealed class ContractNames(IReadOnlyList<string> names)
{
    // The most that a hello may name.
    private const int Limit = 256;

    private IReadOnlyList<string> _names = names.Count <= Limit ? names : [.. names.Take(Limit)];

    public IReadOnlyList<string> Snapshot() => Volatile.Read(ref _names);

    /// <summary>Adds a name, unless it is there or there is no room. Called by one thread at a time.</summary>
    public void Add(string name)
    {
        if (_names.Count < Limit && !_names.Contains(name))
        {
            Volatile.Write(ref _names, [.. _names, name]);
        }
    }
}
