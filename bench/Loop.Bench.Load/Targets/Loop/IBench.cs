using Loop.Bench.Load.Payload;
using Loop.Sdk.Contracts;

namespace Loop.Bench.Load.Targets.Loop;

[Contract("bench.load/1", typeof(LoopJson))]
internal partial interface IBench
{
    [ContractMethod(1)]
    Task<Note> EchoAsync(Note note, CancellationToken cancellationToken = default);

    [ContractMethod(2)]
    IAsyncEnumerable<Note> StreamNotesAsync(int milliseconds, CancellationToken cancellationToken = default);

    [ContractMethod(3)]
    IAsyncEnumerable<ReadOnlyMemory<byte>> StreamBytesAsync(int milliseconds, CancellationToken cancellationToken = default);

    [ContractMethod(4)]
    IAsyncEnumerable<Note> SubscribeAsync(CancellationToken cancellationToken = default);

    [ContractMethod(5)]
    Task<int> UploadAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default);

    [ContractMethod(6)]
    Task<ReadOnlyMemory<byte>> DownloadAsync(int bytes, CancellationToken cancellationToken = default);
}
