using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Diagnostics;

/// <summary>Collects what is wrong with one contract.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<DiagnosticInfo> _items = [];

    public IReadOnlyList<DiagnosticInfo> Items => _items;

    /// <summary>Whether code can be generated. False as well when the compiler itself reports what is wrong.</summary>
    public bool Usable { get; private set; } = true;

    public void Report(DiagnosticDescriptor descriptor, Location location, params string[] arguments)
    {
        _items.Add(DiagnosticInfo.Create(descriptor, LocationInfo.Of(location), arguments));
        Usable = false;
    }

    /// <summary>Gives up on the contract in silence, because the compiler already says why.</summary>
    public void LeaveToCompiler() => Usable = false;
}
