using Loop.Sdk.Harness;

namespace Loop.Sdk.Threads;

/// <summary>Makes calls one after the other, of all kinds, and cancels some. A call that nobody cancels must succeed, whatever the connection does.</summary>
internal sealed class StressCaller(StressInvoker invoker, StressAccount account, SeededRandom random)
{
    private readonly byte[] _buffer = new byte[StressItem.Largest];

    public async Task CallAsync(int call)
    {
        using var cancellation = new CancellationTokenSource();
        var cancels = random.Chance(20);
        if (cancels)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), cancellation, preferLocal: false);
        }

        try
        {
            await RunAsync(call, cancels ? cancellation.Token : CancellationToken.None);
            account.OnAnswered(call);
        }
        catch (Exception exception) when (cancels && exception is OperationCanceledException or LoopException { Code: ErrorCodes.Cancelled })
        {
            account.OnCancelled();
        }
        catch (LoopException error)
        {
            account.Report($"call {call} failed with {error.Code}: {error.Message}");
        }

        // The source must not be disposed of before it was cancelled.
        while (cancels && !cancellation.IsCancellationRequested)
        {
            await Task.Yield();
        }
    }

    private Task RunAsync(int call, CancellationToken cancellationToken) => random.Next(4) switch
    {
        0 => EchoAsync(call, cancellationToken),
        1 => CountAsync(call, cancellationToken),
        2 => GatherAsync(call, cancellationToken),
        _ => RelayAsync(call, cancellationToken),
    };

    private async Task EchoAsync(int call, CancellationToken cancellationToken)
    {
        var request = StressItem.Message(call, 0, random.Pick<int>([0, 100, 10_000, 50_000]));
        var response = await invoker.UnaryAsync(StressService.Echo, request, cancellationToken);
        account.Require(response.Span.SequenceEqual(request), $"the answer to call {call} is not its request");
    }

    private async Task CountAsync(int call, CancellationToken cancellationToken)
    {
        var count = random.Next(30);
        var wanted = random.Chance(20) ? random.Next(count + 1) : count;
        var items = invoker.ServerStreamAsync(StressService.Count, StressItem.Message(call, count), cancellationToken);
        await CheckAsync(call, items, wanted, stops: wanted < count);
    }

    private async Task GatherAsync(int call, CancellationToken cancellationToken)
    {
        var count = random.Next(30);
        var response = await invoker.ClientStreamAsync(StressService.Gather, StressItem.Message(call, 0), Items(call, count), cancellationToken);
        account.Require(StressItem.Read(response.Span) == (call, count), $"call {call} lost items");
    }

    private async Task RelayAsync(int call, CancellationToken cancellationToken)
    {
        var count = random.Next(30);
        await CheckAsync(call, invoker.DuplexAsync(StressService.Relay, StressItem.Message(call, 0), Items(call, count), cancellationToken), count, stops: false);
    }

    private async Task CheckAsync(int call, IAsyncEnumerable<ReadOnlyMemory<byte>> items, int wanted, bool stops)
    {
        var index = 0;
        await foreach (var item in items)
        {
            account.Require(StressItem.Is(item.Span, call, index), $"result {index} of call {call} is not as it was sent");
            index++;
            if (stops && index >= wanted)
            {
                return;
            }
        }

        account.Require(index == wanted, $"call {call} ended after {index} of {wanted} results");
    }

    // All items share one buffer, as a producer of raw items may do.
    private async IAsyncEnumerable<ReadOnlyMemory<byte>> Items(int call, int count)
    {
        for (var index = 0; index < count; index++)
        {
            if (index % 4 == 0)
            {
                await Task.Yield();
            }

            yield return StressItem.Write(_buffer, call, index);
        }
    }
}
