using System.Globalization;
using System.Reflection;

namespace Loop.Sdk.Server.Tests.LoopApi.Points;

[TestClass]
public sealed class AllPointsTests
{
    private const int Last = 52;

    [TestMethod]
    public void Every_point_of_the_specification_has_a_test_of_its_number()
    {
        var numbers = typeof(AllPointsTests).Assembly.GetTypes().Where(static type => type.Namespace == typeof(AllPointsTests).Namespace)
            .SelectMany(static type => type.GetMethods()).Where(static method => method.GetCustomAttribute<TestMethodAttribute>() is not null && method.Name[0] == 'P')
            .Select(static method => int.Parse(method.Name.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture)).Order();
        CollectionAssert.AreEqual(Enumerable.Range(1, Last).ToList(), numbers.ToList());
    }
}
