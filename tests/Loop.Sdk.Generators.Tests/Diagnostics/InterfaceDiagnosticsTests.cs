using Loop.Sdk.Generators.Tests.Harness;

namespace Loop.Sdk.Generators.Tests.Diagnostics;

[TestClass]
public sealed class InterfaceDiagnosticsTests
{
    private const string Method = "[ContractMethod(1)] Task<Note> GetAsync(NoteId id);";
    private const string Nested = "[Contract(\"a/1\", typeof(NotesJsonContext))] public partial interface INotes { " + Method + " }";

    [TestMethod]
    public void LOOP001_is_reported_when_the_interface_is_not_partial() =>
        Expect("LOOP001", Sources.Contract(Method, "public interface [|INotes|]"), "'INotes' must be partial");

    [TestMethod]
    public void LOOP001_is_reported_when_a_type_around_the_interface_is_not_partial() =>
        Expect("LOOP001", Sources.Type("public class [|Outer|]", Nested), "'Outer' must be partial");

    [TestMethod]
    [DataRow("")]
    [DataRow("notes")]
    [DataRow("notes/")]
    [DataRow("notes/one")]
    [DataRow("Notes/1")]
    [DataRow("-notes/1")]
    [DataRow("my notes/1")]
    [DataRow("notes/1\\n")]
    [DataRow("notes/1/2")]
    public void LOOP002_is_reported_when_the_name_is(string name) =>
        Expect("LOOP002", Named($"[|\"{name}\"|]"));

    [TestMethod]
    public void LOOP002_is_reported_when_the_name_is_longer_than_128_characters() =>
        Expect("LOOP002", Named($"[|\"{new string('a', 129)}/1\"|]"));

    [TestMethod]
    public void LOOP002_is_reported_when_arguments_are_named() =>
        Expect("LOOP002", Sources.Contract(Method, attribute: "[Contract(jsonContext: typeof(NotesJsonContext), name: [|\"x\"|])]"));

    [TestMethod]
    [DataRow("a/0")]
    [DataRow("0.a_b-c/12")]
    public void Generator_accepts_the_name(string name) =>
        GeneratorHarness.Run(Named($"\"{name}\"")).AssertClean();

    [TestMethod]
    public void Generator_accepts_a_name_of_128_characters() =>
        GeneratorHarness.Run(Named($"\"{new string('a', 128)}/1\"")).AssertClean();

    [TestMethod]
    public void LOOP008_is_reported_when_the_context_is_another_type() =>
        Expect("LOOP008", Sources.Contract(Method, attribute: "[Contract(\"demo.notes/1\", [|typeof(Note)|])]"), "'Note'");

    [TestMethod]
    public void LOOP008_is_reported_when_the_context_is_the_base_class_itself() =>
        Expect("LOOP008", Sources.Contract(Method, attribute: "[Contract(\"demo.notes/1\", [|typeof(JsonSerializerContext)|])]"));

    [TestMethod]
    public void LOOP015_is_reported_when_there_are_no_methods() =>
        Expect("LOOP015", Sources.Contract("static int Answer => 42;", "public partial interface [|INotes|]"), "demo.notes/1");

    [TestMethod]
    public void LOOP016_is_reported_when_the_interface_is_generic() =>
        Expect("LOOP016", Sources.Contract(Method, "public partial interface INotes[|<T>|]"), "is generic");

    [TestMethod]
    public void LOOP016_is_reported_when_the_interface_is_in_a_generic_type() =>
        Expect("LOOP016", Sources.Type("public partial class Outer[|<T>|]", Nested), "inside a generic type");

    [TestMethod]
    public void LOOP016_is_reported_when_the_interface_is_local_to_its_file() =>
        Expect("LOOP016", Sources.Contract(Method, "file partial interface [|INotes|]"), "local to its file");

    [TestMethod]
    public void LOOP017_is_reported_when_the_interface_inherits() =>
        Expect("LOOP017", Sources.Contract(Method, "public partial interface INotes [|: IDisposable|]"), "IDisposable");

    [TestMethod]
    public void LOOP017_is_reported_when_the_interface_inherits_from_another_contract() =>
        Expect("LOOP017", Sources.Contract(Method) + "\n[Contract(\"demo.more/1\", typeof(NotesJsonContext))] public partial interface IMore [|: INotes|] { [ContractMethod(1)] Task PingAsync(); }", "INotes");

    [TestMethod]
    public void Generator_accepts_an_interface_that_names_its_own_contract_base() =>
        GeneratorHarness.Run(Sources.Contract(Method, "public partial interface INotes : IContract<INotes>")).AssertClean();

    [TestMethod]
    [DataRow("[Contract(\"demo.notes/1\", typeof(Absent))]")]
    [DataRow("[Contract(\"demo.notes/1\")]")]
    [DataRow("[Contract]")]
    public void Generator_leaves_it_to_the_compiler_when_the_attribute_does_not_compile(string attribute)
    {
        var result = GeneratorHarness.Run(Sources.Contract(Method, attribute: attribute));

        Assert.IsEmpty(result.Diagnostics);
        Assert.IsEmpty(result.Generated);
    }

    private static string Named(string name) => Sources.Contract(Method, attribute: $"[Contract({name}, typeof(NotesJsonContext))]");

    private static void Expect(string id, string marked, params string[] words)
    {
        var source = new MarkedSource(marked);
        GeneratorHarness.Run(source.Text).AssertOnly(id, source, words);
    }
}
