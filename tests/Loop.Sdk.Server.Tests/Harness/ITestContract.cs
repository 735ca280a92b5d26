using Loop.Sdk.Contracts;

namespace Loop.Sdk.Server.Tests.Harness;

/// <summary>A contract written out as the generator would.</summary>
internal interface ITestContract : IContract<ITestContract>
{
    const string Name = "test.echo/1";
    const int EchoMethod = 1;
    const int FailMethod = 2;
    const int WaitMethod = 3;
    const int CountMethod = 4;
    const int JoinMethod = 5;

    private static readonly ContractDescriptor<ITestContract> TheDescriptor = new(
        Name,
        [
            new UnaryMethod<ITestContract, string, string>(
                EchoMethod, nameof(EchoAsync), Text, Text, static (contract, request, token) => contract.EchoAsync(request, token)),
            new UnaryMethod<ITestContract, string, string>(
                FailMethod, nameof(FailAsync), Text, Text, static (contract, request, token) => contract.FailAsync(request, token)),
            new UnaryMethod<ITestContract, string, string>(
                WaitMethod, nameof(WaitAsync), Text, Text, static (contract, request, token) => contract.WaitAsync(request, token)),
            new ServerStreamMethod<ITestContract, int, int>(
                CountMethod, nameof(CountAsync), Number, Number, static (contract, request, token) => contract.CountAsync(request, token)),
            new ClientStreamMethod<ITestContract, Nothing, ReadOnlyMemory<byte>, int>(
                JoinMethod, nameof(SumAsync), PayloadCodec.Nothing, PayloadCodec.Raw, Number, static (contract, _, items, token) => contract.SumAsync(items, token)),
        ],
        static _ => throw new NotSupportedException());

    static ContractDescriptor<ITestContract> IContract<ITestContract>.Descriptor => TheDescriptor;

    private static PayloadCodec<string> Text => PayloadCodec.Json<string>(TestJson.Default);

    private static PayloadCodec<int> Number => PayloadCodec.Json<int>(TestJson.Default);

    Task<string> EchoAsync(string text, CancellationToken cancellationToken);

    Task<string> FailAsync(string text, CancellationToken cancellationToken);

    Task<string> WaitAsync(string text, CancellationToken cancellationToken);

    IAsyncEnumerable<int> CountAsync(int to, CancellationToken cancellationToken);

    Task<int> SumAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> items, CancellationToken cancellationToken);
}
