using Loop.Sdk.Contracts;

namespace Loop.Sdk.Feeds.Tests.Harness;

internal static class Contract
{
    /// <summary>Static members of an interface can only be reached through a type parameter.</summary>
    public static ContractDescriptor<T> Describe<T>()
        where T : class, IContract<T> => T.Descriptor;
}
