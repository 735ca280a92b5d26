using System.Reflection;
using System.Text.RegularExpressions;
using Loop.Sdk.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Loop.Sdk.Conventions.Tests.Documents;

/// <summary>Compiles a sample the way a user's project would: with the SDK's implicit usings, our generator and the JSON one.</summary>
internal static partial class SampleCompiler
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    private static readonly MetadataReference[] References = FindReferences();

    public static IReadOnlyList<string> Compile(string code)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var tree = CSharpSyntaxTree.ParseText(ChannelFeatures().Replace(code, "Loop.Sdk.${feature}.${feature}ChannelExtensions.get_${feature}(${channel})"), options);
        var isProgram = tree.GetRoot().DescendantNodes().OfType<GlobalStatementSyntax>().Any();
        var compilation = CSharpCompilation.Create(
            "Sample",
            [tree, CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            References,
            new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(Generators(), parseOptions: options).RunGeneratorsAndUpdateCompilation(compilation, out var complete, out var diagnostics);
        return [.. diagnostics.Concat(complete.GetDiagnostics()).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(static diagnostic => diagnostic.ToString())];
    }

    // The SDK's compiler knows extension properties; the one in the package, which is older, knows only the methods that they stand for.
    [GeneratedRegex(@"\b(?<channel>channel|client)\.(?<feature>Rooms|Presence|Push|UserAgent)\b")]
    private static partial Regex ChannelFeatures();

    private static IEnumerable<ISourceGenerator> Generators()
    {
        var json = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "generators", "System.Text.Json.SourceGeneration.dll"));
        var jsonGenerator = json.GetTypes().Single(static type => !type.IsAbstract && type.IsAssignableTo(typeof(IIncrementalGenerator)));
        return [new ContractGenerator().AsSourceGenerator(), ((IIncrementalGenerator)Activator.CreateInstance(jsonGenerator)!).AsSourceGenerator()];
    }

    private static MetadataReference[] FindReferences()
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return [.. platform.Where(static file => !file.Contains("CodeAnalysis", StringComparison.Ordinal)).Select(static file => MetadataReference.CreateFromFile(file))];
    }
}
