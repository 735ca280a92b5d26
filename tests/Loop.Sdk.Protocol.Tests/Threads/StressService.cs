using System.Runtime.CompilerServices;
using Loop.Sdk.Contracts;

namespace Loop.Sdk.Threads;

/// <summary>One method of each kind, with raw payloads, whose handlers check all they get.</summary>
internal sealed class StressService(StressAccount account)
{
    public static UnaryMethod<StressService, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Echo { get; } =
        new(1, nameof(Echo), PayloadCodec.Raw, PayloadCodec.Raw, static (service, request, _) => service.EchoAsync(request));

    public static ServerStreamMethod<StressService, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Count { get; } =
        new(2, nameof(Count), PayloadCodec.Raw, PayloadCodec.Raw, static (service, request, _) => service.CountAsync(request)) { Weight = 2 };

    public static ClientStreamMethod<StressService, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Gather { get; } =
        new(3, nameof(Gather), PayloadCodec.Raw, PayloadCodec.Raw, PayloadCodec.Raw, static (service, request, items, token) => service.GatherAsync(request, items, token));

    public static DuplexMethod<StressService, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Relay { get; } =
        new(4, nameof(Relay), PayloadCodec.Raw, PayloadCodec.Raw, PayloadCodec.Raw, static (service, request, items, token) => service.RelayAsync(request, items, token));

    private async Task<ReadOnlyMemory<byte>> EchoAsync(ReadOnlyMemory<byte> request)
    {
        account.OnRun(StressItem.Read(request.Span).Call);
        await Task.Yield();
        return request;
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> CountAsync(ReadOnlyMemory<byte> request)
    {
        var (call, count) = StressItem.Read(request.Span);
        account.OnRun(call);
        var buffer = new byte[StressItem.Largest];
        for (var index = 0; index < count; index++)
        {
            if (index % 3 == 0)
            {
                await Task.Yield();
            }

            yield return StressItem.Write(buffer, call, index);
        }
    }

    private async Task<ReadOnlyMemory<byte>> GatherAsync(ReadOnlyMemory<byte> request, IAsyncEnumerable<ReadOnlyMemory<byte>> items, CancellationToken cancellationToken)
    {
        var (call, _) = StressItem.Read(request.Span);
        account.OnRun(call);
        var count = 0;
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            account.Require(StressItem.Is(item.Span, call, count), $"item {count} of call {call} did not arrive as it was sent");
            count++;
        }

        return StressItem.Message(call, count);
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> RelayAsync(
        ReadOnlyMemory<byte> request, IAsyncEnumerable<ReadOnlyMemory<byte>> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (call, _) = StressItem.Read(request.Span);
        account.OnRun(call);
        var index = 0;
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            account.Require(StressItem.Is(item.Span, call, index), $"item {index} of call {call} did not arrive as it was sent");
            index++;
            yield return item;
        }
    }
}
