namespace Loop.Sdk.Channels;

/// <summary>The contracts that the client names in its hello. Others can be called as well: their name then goes along with each call.</summary>
internal sealed class ContractNames(IEnumerable<string> names)
{
    // The most that a hello may name.
    private const int Limit = 256;

    private readonly Lock _lock = new();
    private string[] _names = [.. names.Take(Limit)];

    public void Add(string name)
    {
        lock (_lock)
        {
            if (_names.Length < Limit && !_names.Contains(name))
            {
                _names = [.. _names, name];
            }
        }
    }

    public IReadOnlyList<string> Snapshot() => Volatile.Read(ref _names);
}
