using System.Reflection;
using Loop.Sdk.Conventions.Tests.Repository;

namespace Loop.Sdk.Conventions.Tests.PublicApi;

[TestClass]
public sealed class PublicApiTests
{
    [TestMethod]
    [DataRow("Loop.Sdk.Protocol")]
    [DataRow("Loop.Sdk")]
    [DataRow("Loop.Sdk.Server")]
    [DataRow("Loop.Sdk.Testing")]
    [DataRow("Loop.Sdk.WebRtc")]
    public void Public_api_is_the_approved_one_when_printed(string package)
    {
        var folder = Path.Combine(RepositoryRoot.Path, "tests", "Loop.Sdk.Conventions.Tests", "PublicApi");
        var approvedFile = Path.Combine(folder, $"{package}.approved.txt");
        var printed = ApiPrinter.Print(Assembly.Load(package));
        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile) : "";

        if (printed != approved)
        {
            File.WriteAllText(Path.Combine(folder, $"{package}.received.txt"), printed);
        }

        Assert.AreEqual(approved, printed, $"The public API of {package} changed. If that is intended, replace {package}.approved.txt by {package}.received.txt beside it.");
    }
}
