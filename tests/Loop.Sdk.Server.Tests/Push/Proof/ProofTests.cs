using System.Reflection;

namespace Loop.Sdk.Server.Tests.Push.Proof;

/// <summary>That nothing is left out: what has to hold is named, and so is the test of it.</summary>
[TestClass]
public sealed class ProofTests
{
    [TestMethod]
    public void Each_case_of_Mozillas_service_is_one_test()
    {
        Assert.HasCount(35, PushCases.All.Distinct());
        CollectionAssert.AreEquivalent(PushCases.All.ToArray(), Named(PushCases.Property).ToArray());
    }

    [TestMethod]
    public void Each_refusal_has_a_test()
    {
        Assert.HasCount(PushRefusals.All.Count, PushRefusals.All.Distinct());
        CollectionAssert.AreEquivalent(PushRefusals.All.ToArray(), Named(PushRefusals.Property).Concat(Rows()).Distinct().ToArray());
    }

    private static IEnumerable<string> Named(string property) =>
        Tests().SelectMany(static test => test.GetCustomAttributes<TestPropertyAttribute>()).Where(attribute => attribute.Name == property).Select(static attribute => attribute.Value);

    // A row of a test may have a name of its own.
    private static IEnumerable<string> Rows() => Tests().SelectMany(static test => test.GetCustomAttributes<DataRowAttribute>()).Select(static row => row.DisplayName).OfType<string>();

    private static IEnumerable<MethodInfo> Tests() => typeof(ProofTests).Assembly.GetTypes()
        .Where(static type => type.GetCustomAttribute<TestClassAttribute>() is not null && type.Namespace!.StartsWith("Loop.Sdk.Server.Tests.Push", StringComparison.Ordinal))
        .SelectMany(static type => type.GetMethods())
        .Where(static method => method.GetCustomAttribute<TestMethodAttribute>() is not null && method.GetCustomAttribute<IgnoreAttribute>() is null);
}
