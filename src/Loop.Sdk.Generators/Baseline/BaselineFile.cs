using Loop.Sdk.Generators.Diagnostics;
using Loop.Sdk.Generators.Model;

namespace Loop.Sdk.Generators.Baseline;

/// <summary>One <c>*.contracts.txt</c> file.</summary>
internal sealed record BaselineFile(EquatableArray<BaselineEntry> Entries, EquatableArray<DiagnosticInfo> Diagnostics);
