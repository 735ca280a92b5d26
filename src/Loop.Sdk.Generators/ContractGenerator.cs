using System.Text;
using Loop.Sdk.Generators.Baseline;
using Loop.Sdk.Generators.Diagnostics;
using Loop.Sdk.Generators.Emission;
using Loop.Sdk.Generators.Model;
using Loop.Sdk.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Loop.Sdk.Generators;

/// <summary>Completes every interface marked with <c>Loop.Sdk.Contracts.ContractAttribute</c>: descriptor, client and server dispatch, without reflection.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ContractGenerator : IIncrementalGenerator
{
    internal const string ModelStep = "ContractModel";
    internal const string DiagnosticsStep = "ContractDiagnostics";
    internal const string BaselineStep = "ContractBaseline";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var contracts = context.SyntaxProvider.ForAttributeWithMetadataName(
            SymbolNames.ContractAttribute,
            static (node, _) => node is InterfaceDeclarationSyntax,
            static (attributed, cancellationToken) => ContractParser.Parse(attributed, cancellationToken));

        // The model has no locations: an edit that only moves a contract leaves its generated code alone.
        var models = contracts.Select(static (contract, _) => contract.Model).WithTrackingName(ModelStep);
        context.RegisterSourceOutput(models, static (output, model) =>
        {
            if (model is not null)
            {
                output.AddSource(model.HintName + ".Contract.g.cs", SourceText.From(ContractEmitter.Emit(model), Encoding.UTF8));
            }
        });

        Report(context, contracts.SelectMany(static (contract, _) => contract.Diagnostics).WithTrackingName(DiagnosticsStep));

        var baselines = context.AdditionalTextsProvider
            .Where(BaselineReader.IsBaseline)
            .Select(BaselineReader.Read)
            .Collect();
        Report(context, contracts.Collect()
            .Combine(baselines)
            .SelectMany(static (both, _) => BaselineChecker.Check(both.Left, both.Right))
            .WithTrackingName(BaselineStep));
    }

    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DiagnosticInfo> diagnostics) =>
        context.RegisterSourceOutput(diagnostics, static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
}
