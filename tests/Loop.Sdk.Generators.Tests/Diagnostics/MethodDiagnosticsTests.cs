using Loop.Sdk.Generators.Tests.Harness;

namespace Loop.Sdk.Generators.Tests.Diagnostics;

[TestClass]
public sealed class MethodDiagnosticsTests
{
    private const string Method = "[ContractMethod(1)] Task<Note> GetAsync(NoteId id);\n";

    [TestMethod]
    public void LOOP003_is_reported_when_a_method_has_no_number() =>
        Expect("LOOP003", Method + "Task [|PingAsync|]();", "'PingAsync'");

    [TestMethod]
    public void LOOP004_is_reported_when_a_number_is_taken() =>
        Expect("LOOP004", Method + "[ContractMethod([|1|])] Task PingAsync();", "'PingAsync'", "'GetAsync'");

    [TestMethod]
    [DataRow("0")]
    [DataRow("-1")]
    [DataRow("65536")]
    public void LOOP005_is_reported_when_the_number_is(string number) =>
        Expect("LOOP005", $"[ContractMethod([|{number}|])] Task PingAsync();", number);

    [TestMethod]
    [DataRow("0")]
    [DataRow("17")]
    public void LOOP006_is_reported_when_the_weight_is(string weight) =>
        Expect("LOOP006", $"[ContractMethod(1, Weight = [|{weight}|])] Task PingAsync();", weight);

    [TestMethod]
    [DataRow("[|Task<Unknown>|] GetAsync();", "Unknown")]
    [DataRow("Task GetAsync([|Unknown|] request);", "Unknown")]
    [DataRow("Task GetAsync([|IAsyncEnumerable<Unknown>|] items);", "Unknown")]
    [DataRow("[|IAsyncEnumerable<Unknown>|] GetAsync();", "Unknown")]
    [DataRow("[|IFeed<Unknown, Change>|] Feed();", "Unknown")]
    [DataRow("[|IFeed<Snap, Unknown>|] Feed();", "Unknown")]
    [DataRow("Task GetAsync([|Note[]|] notes);", "Note[]")]
    [DataRow("Task GetAsync([|int|] count);", "int")]
    [DataRow("Task GetAsync([|ReadOnlyMemory<byte>?|] data);", "ReadOnlyMemory<byte>?")]
    [DataRow("Task GetAsync([|CancellationToken?|] token);", "CancellationToken?")]
    public void LOOP007_is_reported_for(string method, string type) =>
        Expect("LOOP007", "[ContractMethod(1)] " + method, $"[JsonSerializable(typeof({type}))]", "'NotesJsonContext'");

    [TestMethod]
    [DataRow("Task [|PingAsync|]<T>();", "generic")]
    [DataRow("Task GetAsync(ref NoteId [|id|]);", "'id' is not passed by value")]
    [DataRow("Task GetAsync(out NoteId [|id|]);", "'id' is not passed by value")]
    [DataRow("Task GetAsync(in NoteId [|id|]);", "'id' is not passed by value")]
    [DataRow("ref Task [|PingAsync|]();", "by reference")]
    [DataRow("Task [|PingAsync|]() => Task.CompletedTask;", "has a body")]
    [DataRow("static abstract Task [|PingAsync|]();", "static")]
    [DataRow("internal Task [|PingAsync|]();", "not public")]
    public void LOOP009_is_reported_for(string method, string reason) => Expect("LOOP009", "[ContractMethod(1)] " + method, reason);

    [TestMethod]
    [DataRow("int [|Count|] { get; }")]
    [DataRow("event EventHandler [|Changed|];")]
    [DataRow("int [|this|][int index] { get; }")]
    [DataRow("static abstract int operator [|+|](INotes a, INotes b);")]
    public void LOOP010_is_reported_for(string member) => Expect("LOOP010", Method + member);

    [TestMethod]
    [DataRow("[|void|] Get();")]
    [DataRow("[|Note|] Get();")]
    [DataRow("[|ValueTask|] GetAsync();")]
    [DataRow("[|ValueTask<Note>|] GetAsync();")]
    [DataRow("[|IEnumerable<Note>|] GetAsync();")]
    [DataRow("[|IObservable<Note>|] GetAsync(IAsyncEnumerable<Note> notes);")]
    public void LOOP011_is_reported_for(string method) => Expect("LOOP011", "[ContractMethod(1)] " + method);

    [TestMethod]
    [DataRow("Task GetAsync(NoteId id, Filter [|filter|]);")]
    [DataRow("Task GetAsync(NoteId id, Filter [|filter|], CancellationToken token);")]
    [DataRow("Task GetAsync(NoteId id, IAsyncEnumerable<Note> notes, Filter [|filter|]);")]
    public void LOOP012_is_reported_for(string method) => Expect("LOOP012", "[ContractMethod(1)] " + method, "'id'");

    [TestMethod]
    [DataRow("Task GetAsync(CancellationToken token, NoteId [|id|]);")]
    [DataRow("Task GetAsync(IAsyncEnumerable<Note> notes, NoteId [|id|]);")]
    [DataRow("Task GetAsync(CancellationToken token, IAsyncEnumerable<Note> [|notes|]);")]
    [DataRow("Task GetAsync(IAsyncEnumerable<Note> notes, IAsyncEnumerable<Note> [|more|]);")]
    [DataRow("Task GetAsync(CancellationToken token, CancellationToken [|other|]);")]
    public void LOOP013_is_reported_for(string method) => Expect("LOOP013", "[ContractMethod(1)] " + method);

    [TestMethod]
    [DataRow("IFeed<Snap, Change> Feed(IAsyncEnumerable<Note> [|notes|]);")]
    [DataRow("IFeed<Snap, Change> Feed(Filter f, CancellationToken [|token|] = default);")]
    public void LOOP014_is_reported_for(string method) => Expect("LOOP014", "[ContractMethod(1)] " + method);

    [TestMethod]
    public void Every_diagnostic_is_reported_when_several_things_are_wrong()
    {
        var result = GeneratorHarness.Run(Sources.Contract("[ContractMethod(0)] void Get(Unknown a, Unknown b);"));

        CollectionAssert.AreEquivalent((string[])["LOOP005", "LOOP007", "LOOP011", "LOOP012"], result.Diagnostics.Select(diagnostic => diagnostic.Id).ToArray());
        Assert.IsEmpty(result.Generated);
    }

    [TestMethod]
    [DataRow("[ContractMethod(1)] Task<Absent> GetAsync();")]
    [DataRow("[ContractMethod(1)] Absent GetAsync();")]
    [DataRow("[ContractMethod(1)] Task GetAsync(Dictionary<string, Absent[]> map);")]
    [DataRow("[ContractMethod] Task PingAsync();")]
    [DataRow("[ContractMethod(\"1\")] Task PingAsync();")]
    public void Generator_leaves_it_to_the_compiler_when_source_does_not_compile(string method)
    {
        var result = GeneratorHarness.Run(Sources.Contract(method));

        Assert.IsEmpty(result.Diagnostics);
        Assert.IsEmpty(result.Generated);
    }

    private static void Expect(string id, string marked, params string[] words)
    {
        var source = new MarkedSource(Sources.Contract(marked));
        GeneratorHarness.Run(source.Text).AssertOnly(id, source, words);
    }
}
