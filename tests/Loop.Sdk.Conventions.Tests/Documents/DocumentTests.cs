using Loop.Sdk.Conventions.Tests.Repository;

namespace Loop.Sdk.Conventions.Tests.Documents;

[TestClass]
public sealed class DocumentTests
{
    public static IEnumerable<object[]> Documents =>
        RepositoryRoot.Files("docs", "*.md").Append(Path.Combine(RepositoryRoot.Path, "README.md")).Select(static file => new object[] { Path.GetRelativePath(RepositoryRoot.Path, file) });

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public void Samples_compile_when_copied_from_the_document(string document)
    {
        var failures = from sample in Sample.ReadAll(Path.Combine(RepositoryRoot.Path, document), document)
                       from error in SampleCompiler.Compile(sample.Code)
                       select $"{sample.Document}:{sample.Line}: {error}";
        Assert.AreEqual("", string.Join('\n', failures));
    }

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public void Samples_are_all_compiled_unless_the_document_is_about_mistakes(string document)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, document));
        Assert.IsTrue(document.EndsWith("diagnostics.md", StringComparison.Ordinal) || !text.Contains("```cs\n", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Samples_are_found_when_documents_have_them() =>
        Assert.AreNotEqual(0, Sample.ReadAll(Path.Combine(RepositoryRoot.Path, "README.md"), "README.md").Count());

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public void Links_lead_somewhere_when_they_are_relative(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(RepositoryRoot.Path, document))!;
        var broken = LinkReader.RelativeLinks(File.ReadAllText(Path.Combine(RepositoryRoot.Path, document)))
            .Where(link => !Path.Exists(Path.Combine(folder, link)));
        Assert.AreEqual("", string.Join('\n', broken));
    }
}
