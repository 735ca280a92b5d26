namespace Loop.Sdk.Conventions.Tests.Repository;

[TestClass]
public sealed class SourceFileTests
{
    private const int LongestFile = 500;

    [TestMethod]
    public void Source_files_are_short()
    {
        var tooLong = SourceFiles().Select(static file => (file, lines: File.ReadLines(file).Count())).Where(static entry => entry.lines > LongestFile);
        Assert.AreEqual("", string.Join('\n', tooLong.Select(static entry => $"{entry.file}: {entry.lines} lines")));
    }

    [TestMethod]
    public void Source_files_hold_nothing_unfinished()
    {
        string[] marks = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception", "async" + " void"];
        var unfinished = from file in SourceFiles()
                         from mark in marks
                         where File.ReadAllText(file).Contains(mark, StringComparison.Ordinal)
                         select $"{file}: {mark}";
        Assert.AreEqual("", string.Join('\n', unfinished));
    }

    private static IEnumerable<string> SourceFiles() =>
        new[] { "src", "tests", "samples", "bench" }.SelectMany(static folder => RepositoryRoot.Files(folder, "*.cs"));
}
