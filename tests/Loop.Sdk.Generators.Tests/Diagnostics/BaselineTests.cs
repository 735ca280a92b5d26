using Loop.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Tests.Diagnostics;

[TestClass]
public sealed class BaselineTests
{
    private const string Get = "[ContractMethod(1)] Task<Note> GetAsync(NoteId id);\n";
    private const string GetLine = "demo.notes/1 1 GetAsync unary NoteId -> Note\n";

    [TestMethod]
    public void Baseline_says_nothing_when_every_method_is_listed()
    {
        const string Lines = """
            # Published contracts.

            demo.notes/1 1 GetAsync unary NoteId -> Note
            demo.notes/1 2 WatchAsync server-stream Filter -> stream Note
            demo.notes/1 3   UploadAsync client-stream nothing + stream Note -> Summary
            demo.notes/1 4 Upload2Async client-stream Header + stream Note -> Summary
            demo.notes/1 5 EchoAsync duplex nothing + stream Note -> stream Note
            demo.notes/1 6 RawAsync unary bytes -> bytes
            demo.notes/1 7 Feed feed Filter -> Snap + Change
            demo.notes/1 8 PingAsync unary nothing -> nothing
            demo.notes/1 9 ChunksAsync duplex nothing + stream bytes -> stream bytes
            demo.notes/1 10 FindAsync unary string -> Note
            demo.notes/1 11 Everything feed nothing -> Snap + Change
            demo.notes/1 12 StoreAsync client-stream nothing + stream Note -> nothing
            demo.notes/1 13 ByWordAsync unary int? -> Dictionary<string, Note[]>
            demo.notes/1 65535 AllAsync server-stream nothing -> stream Note
            """;

        GeneratorHarness.Run(Sources.Contract(Sources.EverySignature), new BaselineText(Lines)).AssertClean();
    }

    [TestMethod]
    public void Baseline_says_nothing_when_lines_are_spread_over_files() =>
        GeneratorHarness.Run(Sources.Contract(Get + "[ContractMethod(2)] Task PingAsync();"), new BaselineText(GetLine), new BaselineText("demo.notes/1 2 PingAsync unary nothing -> nothing", "more.contracts.txt")).AssertClean();

    [TestMethod]
    public void Other_additional_files_are_passed_over() =>
        GeneratorHarness.Run(Sources.Contract(Get), new BaselineText("not a baseline", "readme.txt")).AssertClean();

    [TestMethod]
    public void LOOP018_is_reported_when_a_method_vanished() =>
        Expect("LOOP018", Sources.Contract(Get, "public partial interface [|INotes|]"), GetLine + "demo.notes/1 2 PingAsync unary nothing -> nothing", "demo.notes/1: PingAsync");

    [TestMethod]
    public void LOOP018_is_reported_in_the_baseline_when_a_contract_vanished()
    {
        var baseline = new MarkedSource(GetLine + "[|old.notes/1 1 PingAsync unary nothing -> nothing|]");

        var result = GeneratorHarness.Run(Sources.Contract(Get), new BaselineText(baseline.Text));

        result.AssertOnly("LOOP018", baseline, "old.notes/1: PingAsync");
        Assert.AreEqual("demo.contracts.txt", result.Diagnostics[0].Location.GetLineSpan().Path);
        Assert.AreEqual(1, result.Diagnostics[0].Location.GetLineSpan().StartLinePosition.Line);
    }

    [TestMethod]
    [DataRow("[ContractMethod(2)] Task<Note> [|GetAsync|](NoteId id);", "demo.notes/1 2 GetAsync")]
    [DataRow("[ContractMethod(1)] Task<Note> [|GetAsync|](Filter id);", "unary Filter -> Note")]
    [DataRow("[ContractMethod(1)] Task<Note> [|GetAsync|]();", "unary nothing -> Note")]
    [DataRow("[ContractMethod(1)] Task [|GetAsync|](NoteId id);", "unary NoteId -> nothing")]
    [DataRow("[ContractMethod(1)] IAsyncEnumerable<Note> [|GetAsync|](NoteId id);", "server-stream NoteId -> stream Note")]
    public void LOOP019_is_reported_when_a_method_became(string method, string line)
    {
        var source = new MarkedSource(Sources.Contract(method));

        var diagnostics = GeneratorHarness.Run(source.Text, new BaselineText(GetLine)).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();

        Assert.HasCount(1, diagnostics);
        Assert.AreEqual("LOOP019", diagnostics[0].Id);
        Assert.AreEqual(source.Span, diagnostics[0].Location.SourceSpan);
        Assert.Contains(line, diagnostics[0].GetMessage(formatProvider: null));
    }

    [TestMethod]
    public void Baseline_waits_until_a_contract_has_no_other_errors()
    {
        var result = GeneratorHarness.Run(Sources.Contract(Get + "[ContractMethod(0)] Task PingAsync();"), new BaselineText("demo.notes/1 7 GoneAsync unary nothing -> nothing"));

        CollectionAssert.AreEqual((string[])["LOOP005"], result.Diagnostics.Select(diagnostic => diagnostic.Id).ToArray());
    }

    [TestMethod]
    public void LOOP019_is_reported_when_two_methods_swapped_numbers()
    {
        var result = GeneratorHarness.Run(
            Sources.Contract("[ContractMethod(2)] Task StoreAsync(Note note);\n[ContractMethod(1)] Task DropAsync(Note note);"),
            new BaselineText("demo.notes/1 1 StoreAsync unary Note -> nothing\ndemo.notes/1 2 DropAsync unary Note -> nothing"));

        CollectionAssert.AreEqual((string[])["LOOP019", "LOOP019"], result.Diagnostics.Select(diagnostic => diagnostic.Id).ToArray());
    }

    [TestMethod]
    public void LOOP020_warns_with_the_line_when_a_method_is_not_listed()
    {
        const string Line = "'demo.notes/1 2 WatchAsync server-stream Filter -> stream Note'";

        var result = Expect("LOOP020", Sources.Contract(Get + "[ContractMethod(2)] IAsyncEnumerable<Note> [|WatchAsync|](Filter filter);"), GetLine, Line);

        Assert.AreEqual(DiagnosticSeverity.Warning, result.Diagnostics[0].Severity);
        Assert.HasCount(1, result.Generated);
    }

    [TestMethod]
    public void LOOP020_warns_with_the_line_when_a_method_only_has_a_new_name() =>
        Expect("LOOP020", Sources.Contract("[ContractMethod(1)] Task<Note> [|ReadAsync|](NoteId id);"), GetLine, "'demo.notes/1 1 ReadAsync unary NoteId -> Note'");

    [TestMethod]
    [DataRow("demo.notes/1")]
    [DataRow("demo.notes/1 one GetAsync unary NoteId -> Note")]
    [DataRow("demo.notes/1 1 GetAsync sometimes NoteId -> Note")]
    [DataRow("demo.notes/1 1 GetAsync unary NoteId")]
    public void LOOP021_is_reported_when_a_line_is(string line)
    {
        var baseline = new MarkedSource($"{GetLine}[|{line}|]");

        GeneratorHarness.Run(Sources.Contract(Get), new BaselineText(baseline.Text)).AssertOnly("LOOP021", baseline, line);
    }

    [TestMethod]
    public void LOOP021_is_reported_when_a_number_is_listed_twice()
    {
        var baseline = new MarkedSource($"{GetLine}[|demo.notes/1 1 OtherAsync unary NoteId -> Note|]");

        GeneratorHarness.Run(Sources.Contract(Get), new BaselineText(baseline.Text)).AssertOnly("LOOP021", baseline, "listed twice");
    }

    private static GeneratorResult Expect(string id, string marked, string baseline, params string[] words)
    {
        var source = new MarkedSource(marked);
        var result = GeneratorHarness.Run(source.Text, new BaselineText(baseline));
        result.AssertOnly(id, source, words);
        return result;
    }
}
