using Loop.Sdk.Generators.Diagnostics;
using Loop.Sdk.Generators.Model;

namespace Loop.Sdk.Generators.Baseline;

/// <summary>Compares the contracts of a project with what was published.</summary>
internal static class BaselineChecker
{
    public static IEnumerable<DiagnosticInfo> Check(IReadOnlyList<ParsedContract> contracts, IReadOnlyList<BaselineFile> files)
    {
        // Without a baseline nothing was published, and nothing can be broken.
        if (files.Count == 0)
        {
            return [];
        }

        var entries = files.SelectMany(file => file.Entries).ToLookup(entry => entry.Contract);
        var known = new HashSet<string?>(contracts.Select(contract => contract.ContractName));
        return files.SelectMany(file => file.Diagnostics)
            .Concat(entries.Where(group => !known.Contains(group.Key)).SelectMany(group => group).Select(Vanished))
            .Concat(contracts.SelectMany(contract => CheckContract(contract, [.. entries[contract.ContractName ?? ""]])));
    }

    private static IEnumerable<DiagnosticInfo> CheckContract(ParsedContract contract, IReadOnlyList<BaselineEntry> entries)
    {
        // A contract with other errors is compared once they are gone: half of it says nothing.
        if (contract.Model is not { } model)
        {
            yield break;
        }

        var methods = model.Methods.Zip(contract.MethodLocations, (method, location) => new ParsedMethod(method, location)).ToDictionary(method => method.Model.Number);
        foreach (var entry in entries)
        {
            if (Compare(entry, contract, model, methods) is { } diagnostic)
            {
                yield return diagnostic;
            }
        }

        var listed = new HashSet<int>(entries.Select(entry => entry.Number));
        foreach (var method in methods.Values.Where(method => !listed.Contains(method.Model.Number)))
        {
            yield return Missing(model, method);
        }
    }

    private static DiagnosticInfo? Compare(BaselineEntry entry, ParsedContract contract, ContractModel model, Dictionary<int, ParsedMethod> methods)
    {
        var moved = methods.Values.FirstOrDefault(method => method.Model.Name == entry.Method && method.Model.Number != entry.Number);
        if (!methods.TryGetValue(entry.Number, out var current))
        {
            return moved is null ? Vanished(entry) with { Location = contract.Location } : Changed(entry, model, moved);
        }

        if (BaselineFormat.Signature(current.Model) != entry.Signature)
        {
            return Changed(entry, model, current);
        }

        if (current.Model.Name == entry.Method)
        {
            return null;
        }

        // Names are not on the wire, so a new name alone breaks nobody. A name that now has another number is two methods swapped.
        return moved is null ? Missing(model, current) : Changed(entry, model, moved);
    }

    private static DiagnosticInfo Vanished(BaselineEntry entry) =>
        DiagnosticInfo.Create(Rules.BaselineVanished, entry.Location, $"{entry.Contract}: {entry.Method}", entry.Line);

    private static DiagnosticInfo Changed(BaselineEntry entry, ContractModel model, ParsedMethod method) =>
        DiagnosticInfo.Create(Rules.BaselineChanged, method.Location, method.Model.Name, entry.Line, Line(model, method));

    private static DiagnosticInfo Missing(ContractModel model, ParsedMethod method) =>
        DiagnosticInfo.Create(Rules.BaselineMissing, method.Location, method.Model.Name, Line(model, method));

    private static string Line(ContractModel model, ParsedMethod method) =>
        BaselineFormat.Line(model.ContractName, method.Model.Number, method.Model.Name, BaselineFormat.Signature(method.Model));
}
