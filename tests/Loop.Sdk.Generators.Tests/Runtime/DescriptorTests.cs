using Loop.Sdk.Contracts;
using Loop.Sdk.Generators.Tests.Harness;

namespace Loop.Sdk.Generators.Tests.Runtime;

[TestClass]
public sealed class DescriptorTests
{
    private static readonly ContractDescriptor<INotes> Descriptor = Of<INotes>();

    [TestMethod]
    public void Descriptor_has_the_name_of_the_contract() => Assert.AreEqual("tests.notes/3", Descriptor.Name);

    [TestMethod]
    [DataRow(1, nameof(INotes.GetAsync), MethodKind.Unary, true, 2)]
    [DataRow(2, nameof(INotes.WatchAsync), MethodKind.ServerStream, false, 1)]
    [DataRow(3, nameof(INotes.UploadAsync), MethodKind.ClientStream, false, 1)]
    [DataRow(4, nameof(INotes.UploadFromAsync), MethodKind.ClientStream, false, 1)]
    [DataRow(5, nameof(INotes.EchoAsync), MethodKind.Duplex, false, 1)]
    [DataRow(6, nameof(INotes.RawAsync), MethodKind.Unary, false, 16)]
    [DataRow(7, nameof(INotes.Feed), MethodKind.Feed, false, 1)]
    [DataRow(8, nameof(INotes.PingAsync), MethodKind.Unary, false, 1)]
    public void Descriptor_has_the_method(int number, string name, MethodKind kind, bool idempotent, int weight)
    {
        var method = Descriptor.Find(number);

        Assert.IsNotNull(method);
        Assert.AreEqual(name, method.Name);
        Assert.AreEqual(kind, method.Kind);
        Assert.AreEqual(idempotent, method.Idempotent);
        Assert.AreEqual(weight, method.Weight);
        Assert.AreEqual("tests.notes/3", method.ContractName);
    }

    [TestMethod]
    public void Descriptor_has_no_other_methods()
    {
        Assert.HasCount(11, Descriptor.Methods);
        Assert.IsNull(Descriptor.Find(12));
    }

    [TestMethod]
    [DataRow(6, typeof(ReadOnlyMemory<byte>), typeof(ReadOnlyMemory<byte>))]
    [DataRow(8, typeof(Nothing), typeof(Nothing))]
    [DataRow(9, typeof(string), typeof(Note))]
    public void Methods_have_the_types_of_what_travels(int number, Type request, Type response) =>
        CollectionAssert.AreEqual((Type[])[typeof(INotes), request, response], Descriptor.Find(number)!.GetType().GetGenericArguments());

    [TestMethod]
    public void Descriptor_is_one_object_however_often_it_is_asked_for() => Assert.AreSame(Descriptor, Of<INotes>());

    [TestMethod]
    public void Descriptor_works_when_the_contract_is_nested_and_private()
    {
        const string Members = """
            public static object Descriptor => Of<IInner>();
            private static ContractDescriptor<T> Of<T>() where T : class, IContract<T> => T.Descriptor;
            [Contract("demo.inner/1", typeof(NotesJsonContext))]
            private partial interface IInner { [ContractMethod(1)] Task PingAsync(); }
            """;
        var assembly = GeneratorHarness.Run(Sources.Type("public static partial class Outer", Members)).AssertClean().Load();

        var descriptor = assembly.GetType("Demo.Outer")!.GetProperty("Descriptor")!.GetValue(null)!;

        Assert.AreEqual("demo.inner/1", descriptor.GetType().GetProperty("Name")!.GetValue(descriptor));
    }

    private static ContractDescriptor<T> Of<T>()
        where T : class, IContract<T> => T.Descriptor;
}
