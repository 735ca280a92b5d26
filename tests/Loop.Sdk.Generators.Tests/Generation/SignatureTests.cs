using Loop.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Tests.Generation;

[TestClass]
public sealed class SignatureTests
{
    private const string Client = "Demo.INotes+GeneratedClient";

    [TestMethod]
    public void Generator_emits_clean_code_for_every_signature() =>
        GeneratorHarness.Run(Sources.Contract(Sources.EverySignature)).AssertClean();

    [TestMethod]
    public void Interface_gains_no_member_to_implement_when_it_is_completed()
    {
        var source = Sources.Contract("[ContractMethod(1)] Task<Note> GetAsync(NoteId id);") + """

            public sealed class Mock : INotes
            {
                public Task<Note> GetAsync(NoteId id) => Task.FromResult(new Note(""));
            }

            public static class Use
            {
                public static ContractDescriptor<T> Of<T>() where T : class, IContract<T> => T.Descriptor;
                public static string Name => Of<INotes>().Name;
            }
            """;

        GeneratorHarness.Run(source).AssertClean();
    }

    [TestMethod]
    public void Client_keeps_nullable_annotations()
    {
        var result = GeneratorHarness.Run(Sources.Contract("[ContractMethod(1)] Task<Note?> FindAsync(string? word, CancellationToken token);")).AssertClean();

        var method = result.Method(Client, "FindAsync");
        Assert.AreEqual(NullableAnnotation.Annotated, method.Parameters[0].NullableAnnotation);
        Assert.AreEqual(NullableAnnotation.Annotated, ((INamedTypeSymbol)method.ReturnType).TypeArgumentNullableAnnotations[0]);
    }

    [TestMethod]
    public void Generator_emits_clean_code_when_annotations_are_disabled() =>
        GeneratorHarness.Run("#nullable disable\n" + Sources.Contract("[ContractMethod(1)] Task<Note> FindAsync(string word);")).AssertClean();

    [TestMethod]
    public void Generator_emits_clean_code_when_names_are_keywords() =>
        GeneratorHarness.Run(Sources.Contract(
            "[ContractMethod(1)] Task<Note> @event(NoteId @class, CancellationToken _invoker);",
            "public partial interface @interface")).AssertClean();

    [TestMethod]
    public void Generator_emits_clean_code_when_methods_are_overloaded() =>
        GeneratorHarness.Run(Sources.Contract("""
            [ContractMethod(1)] Task<Note> GetAsync(NoteId id);
            [ContractMethod(2)] Task<Note> GetAsync(NoteId id, CancellationToken cancellationToken);
            [ContractMethod(3)] Task<Note> GetAsync(string word);
            """)).AssertClean();

    [TestMethod]
    public void Generator_emits_clean_code_when_a_method_is_obsolete() =>
        GeneratorHarness.Run(Sources.Contract("[ContractMethod(1), Obsolete(\"Use another.\")] Task<Note> GetAsync(NoteId id);")).AssertClean();

    [TestMethod]
    public void Members_with_a_body_stay_off_the_wire_when_they_have_no_number()
    {
        var result = GeneratorHarness.Run(Sources.Contract("""
            [ContractMethod(1)] Task<Note> GetAsync(NoteId id);
            Task<Note> GetAsync(int id) => GetAsync(new NoteId(id));
            string Title => "Notes";
            static int Count => 1;
            sealed class Options;
            """)).AssertClean();

        Assert.HasCount(1, result.Output.GetTypeByMetadataName(Client)!.GetMembers().OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.ExplicitInterfaceImplementation));
    }

    [TestMethod]
    public void Generated_code_is_marked_as_such()
    {
        var result = GeneratorHarness.Run(Sources.Contract(Sources.EverySignature)).AssertClean();

        foreach (var name in (string[])[Client, "Demo.INotes+GeneratedContract"])
        {
            var type = result.Output.GetTypeByMetadataName(name)!;
            Assert.AreEqual(Accessibility.Private, type.DeclaredAccessibility);
            CollectionAssert.AreEquivalent(
                (string[])["GeneratedCodeAttribute", "ExcludeFromCodeCoverageAttribute"],
                type.GetAttributes().Select(attribute => attribute.AttributeClass!.Name).ToArray());
        }
    }
}
