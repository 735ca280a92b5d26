using System.Reflection;
using Loop.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Tests.Diagnostics;

[TestClass]
public sealed class CatalogueTests
{
    private static readonly DiagnosticDescriptor[] Descriptors =
        [.. typeof(Rules).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>()];

    [TestMethod]
    public void Ids_are_unique_and_consecutive() =>
        CollectionAssert.AreEqual(
            Enumerable.Range(1, Descriptors.Length).Select(number => $"LOOP{number:000}").ToArray(),
            Descriptors.Select(descriptor => descriptor.Id).Order().ToArray());

    [TestMethod]
    public void Every_diagnostic_links_to_its_section_of_the_documentation()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "diagnostics.md"));

        foreach (var descriptor in Descriptors)
        {
            Assert.EndsWith($"docs/diagnostics.md#{descriptor.Id.ToLowerInvariant()}", descriptor.HelpLinkUri);
            Assert.Contains($"\n## {descriptor.Id}\n", page);
        }
    }

    [TestMethod]
    public void Every_diagnostic_is_listed_in_the_release_files()
    {
        var folder = Path.Combine(RepositoryRoot(), "src", "Loop.Sdk.Generators");
        var releases = File.ReadAllText(Path.Combine(folder, "AnalyzerReleases.Shipped.md")) + File.ReadAllText(Path.Combine(folder, "AnalyzerReleases.Unshipped.md"));

        foreach (var descriptor in Descriptors)
        {
            Assert.Contains($"\n{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} |", releases);
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
