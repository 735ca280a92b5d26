using Loop.Sdk.Generators.Tests.Harness;

namespace Loop.Sdk.Generators.Tests.Generation;

[TestClass]
public sealed class PlacementTests
{
    private const string Method = "[ContractMethod(1)] Task<Note> GetAsync(NoteId id);";
    private const string Attribute = "[Contract(\"demo.notes/1\", typeof(Demo.NotesJsonContext))]";

    [TestMethod]
    public void Generator_emits_clean_code_when_the_interface_is_internal() =>
        GeneratorHarness.Run(Sources.Contract(Method, "internal partial interface INotes")).AssertClean();

    [TestMethod]
    public void Generator_emits_clean_code_when_the_interface_is_in_the_global_namespace() =>
        GeneratorHarness.Run($"{Sources.Usings}using Demo;\n{Attribute} public partial interface INotes {{ {Method} }}").AssertClean();

    [TestMethod]
    public void Generator_emits_clean_code_when_the_namespace_has_keywords_and_levels() =>
        GeneratorHarness.Run($"{Sources.Usings}using Demo;\nnamespace A.@class {{ namespace C {{ {Attribute} public partial interface INotes {{ {Method} }} }} }}").AssertClean();

    [TestMethod]
    [DataRow("public static partial class Outer")]
    [DataRow("public partial struct Outer")]
    [DataRow("public partial record Outer")]
    [DataRow("public partial record struct Outer")]
    [DataRow("public partial record class Outer")]
    [DataRow("public partial interface Outer")]
    public void Generator_emits_clean_code_when_the_interface_is_nested_in(string outer) =>
        GeneratorHarness.Run(Sources.Type(outer, $"{Attribute} public partial interface INotes {{ {Method} }}")).AssertClean();

    [TestMethod]
    public void Generator_emits_clean_code_when_interface_and_types_are_private()
    {
        const string Inner = """
            private static partial class Inner
            {
                private sealed record Secret(int Value);

                [JsonSerializable(typeof(Secret))]
                private sealed class SecretContext : JsonSerializerContext
                {
                    public SecretContext() : base(null) { }
                    public static SecretContext Default { get; } = new();
                    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
                    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
                }

                [Contract("demo.secret/1", typeof(SecretContext))]
                private partial interface ISecrets
                {
                    [ContractMethod(1)] Task<Secret> GetAsync(Secret secret);
                }
            }
            """;

        GeneratorHarness.Run(Sources.Type("public static partial class Outer", Inner)).AssertClean();
    }

    [TestMethod]
    public void Generator_reads_all_parts_when_the_interface_has_several()
    {
        var source = Sources.Contract(Method) + "\npublic partial interface INotes { [ContractMethod(2)] Task PingAsync(); }";

        var result = GeneratorHarness.Run(source).AssertClean();

        Assert.IsNotNull(result.Method("Demo.INotes+GeneratedClient", "PingAsync"));
    }

    [TestMethod]
    public void Generator_writes_a_file_each_when_there_are_several_contracts()
    {
        var source = Sources.Contract(Method) + "\n[Contract(\"demo.other/1\", typeof(NotesJsonContext))] public partial interface IOther { " + Method + " }";

        Assert.HasCount(2, GeneratorHarness.Run(source).AssertClean().Generated);
    }
}
