namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>Under which names those who were looked at see others: all must see the same.</summary>
/// <param name="members">Who has one name, which all can read.</param>
internal sealed class SimNames(IEnumerable<string> members)
{
    private readonly Dictionary<string, string?> _names = members.Distinct(StringComparer.Ordinal).ToDictionary(static member => member, static _ => (string?)null);
    private string? _room;

    /// <summary>Whether this is how the others see a member.</summary>
    public bool IsSame(string member, string name)
    {
        if (!_names.TryGetValue(member, out var known))
        {
            return true;
        }

        _names[member] = known ?? name;
        return name.Length > 0 && (known ?? name) == name;
    }

    /// <summary>Whether this is what the others see as the room's name.</summary>
    public bool IsSameRoom(string name) => (_room ??= name) == name;

    /// <summary>The name of a member to others.</summary>
    public string? Of(string member) => _names[member];
}
