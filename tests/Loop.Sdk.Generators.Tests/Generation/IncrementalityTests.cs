using Loop.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Tests.Generation;

[TestClass]
public sealed class IncrementalityTests
{
    private const string Before = "[ContractMethod(1)] Task<Note> GetAsync(NoteId id);";

    private static readonly BaselineText Published = new("demo.notes/1 1 GetAsync unary NoteId -> Note");

    [TestMethod]
    public void Every_step_is_reused_when_another_file_changes()
    {
        var (driver, compilation) = First();

        var result = Run(driver, compilation.AddSyntaxTrees(GeneratorHarness.Parse("namespace Elsewhere { class Added { } }", "Added.cs")));

        AssertReused(result, ContractGenerator.ModelStep);
        AssertOutputsReused(result);
    }

    [TestMethod]
    public void Generated_code_is_reused_when_the_contract_only_moves()
    {
        var result = Edit("\n\n// A comment.\n" + Sources.Contract(Before));

        AssertReused(result, ContractGenerator.ModelStep);
        AssertOutputsReused(result);
    }

    [TestMethod]
    public void Generated_code_is_reused_when_a_body_changes() =>
        AssertOutputsReused(Edit(Sources.Contract(Before + " static int Answer => 42;")));

    [TestMethod]
    public void Generated_code_is_made_again_when_a_method_changes()
    {
        var result = Edit(Sources.Contract("[ContractMethod(1, Weight = 3)] Task<Note> GetAsync(NoteId id);"));

        Assert.AreEqual(IncrementalStepRunReason.Modified, Reasons(result.TrackedSteps[ContractGenerator.ModelStep]).Single());
        Assert.Contains(IncrementalStepRunReason.Modified, result.TrackedOutputSteps.SelectMany(step => Reasons(step.Value)));
        Assert.Contains("Weight = 3", result.GeneratedSources.Single().SourceText.ToString());
    }

    [TestMethod]
    public void Generated_code_goes_when_the_contract_breaks() =>
        Assert.IsEmpty(Edit(Sources.Contract("[ContractMethod(0)] Task<Note> GetAsync(NoteId id);")).GeneratedSources);

    private static (GeneratorDriver Driver, Compilation Compilation) First()
    {
        var compilation = GeneratorHarness.Compile(Sources.Contract(Before));
        return (GeneratorHarness.Driver(Published).RunGenerators(compilation, CancellationToken.None), compilation);
    }

    private static GeneratorRunResult Edit(string source)
    {
        var (driver, compilation) = First();
        var tree = compilation.SyntaxTrees.Single(candidate => candidate.FilePath == "Contract.cs");
        return Run(driver, compilation.ReplaceSyntaxTree(tree, GeneratorHarness.Parse(source, tree.FilePath)));
    }

    private static GeneratorRunResult Run(GeneratorDriver driver, Compilation compilation) =>
        driver.RunGenerators(compilation, CancellationToken.None).GetRunResult().Results.Single();

    private static void AssertReused(GeneratorRunResult result, string step) => AssertReused(Reasons(result.TrackedSteps[step]));

    private static void AssertOutputsReused(GeneratorRunResult result) => AssertReused([.. result.TrackedOutputSteps.SelectMany(step => Reasons(step.Value))]);

    private static void AssertReused(IReadOnlyList<IncrementalStepRunReason> reasons)
    {
        Assert.IsNotEmpty(reasons);
        Assert.IsTrue(reasons.All(reason => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged), string.Join(", ", reasons));
    }

    private static IReadOnlyList<IncrementalStepRunReason> Reasons(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];
}
