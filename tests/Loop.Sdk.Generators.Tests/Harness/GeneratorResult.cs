using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Loop.Sdk.Generators.Tests.Harness;

/// <summary>What the generator made of some source text.</summary>
internal sealed record GeneratorResult(GeneratorDriver Driver, CSharpCompilation Output, ImmutableArray<Diagnostic> Diagnostics)
{
    public ImmutableArray<SyntaxTree> Generated => Driver.GetRunResult().GeneratedTrees;

    /// <summary>Neither the generator nor the compiler has anything to say, not even a warning.</summary>
    public GeneratorResult AssertClean()
    {
        var complaints = Diagnostics.Concat(Output.GetDiagnostics()).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !IsUndocumentedSource(diagnostic));
        Assert.AreEqual("", string.Join('\n', complaints));
        return this;
    }

    /// <summary>There is exactly this diagnostic, at exactly this place, and it says these things.</summary>
    public void AssertOnly(string id, MarkedSource source, params string[] words)
    {
        Assert.AreEqual(id, string.Join(", ", Diagnostics.Select(diagnostic => diagnostic.Id)), string.Join('\n', Diagnostics));
        var diagnostic = Diagnostics[0];
        Assert.AreEqual(source.Span, diagnostic.Location.SourceSpan, diagnostic.ToString());
        foreach (var word in words)
        {
            Assert.Contains(word, diagnostic.ToString());
        }
    }

    // Generated code must not ask for comments either; the tests' own sources may do without.
    private bool IsUndocumentedSource(Diagnostic diagnostic) => diagnostic.Id == "CS1591" && !Generated.Contains(diagnostic.Location.SourceTree!);

    public IMethodSymbol Method(string typeName, string methodName) =>
        Output.GetTypeByMetadataName(typeName)!.GetMembers().OfType<IMethodSymbol>().Single(method => method.Name == methodName || method.Name.EndsWith("." + methodName, StringComparison.Ordinal));

    public Assembly Load()
    {
        using var image = new MemoryStream();
        var emitted = Output.Emit(image);
        Assert.IsTrue(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        return new AssemblyLoadContext("generated").LoadFromStream(image);
    }
}
