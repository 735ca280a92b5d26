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

    private static IEnumerable<string> Named(string property) => typeof(ProofTests).Assembly.GetTypes()
        .Where(static type => type.GetCustomAttribute<TestClassAttribute>() is not null)
        .SelectMany(static type => type.GetMethods())
        .Where(static method => method.GetCustomAttribute<TestMethodAttribute>() is not null && method.GetCustomAttribute<IgnoreAttribute>() is null)
        .SelectMany(static method => method.GetCustomAttributes<TestPropertyAttribute>())
        .Where(attribute => attribute.Name == property)
        .Select(static attribute => attribute.Value);
}
