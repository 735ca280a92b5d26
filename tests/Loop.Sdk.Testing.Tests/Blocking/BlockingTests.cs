using Loop.Sdk.Testing.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Testing.Tests.Blocking;

/// <summary>Application code that blocks the thread that reads the connection, and waits for what only that connection can bring: another thread has to read on.</summary>
[TestClass]
public sealed class BlockingTests
{
    [TestMethod]
    public async Task Handler_is_released_by_a_later_call_when_it_blocks_until_that_comes()
    {
        using var released = new ManualResetEventSlim();
        await using var host = await StartAsync(number =>
        {
            if (number == 1)
            {
                released.Wait();
            }
            else
            {
                released.Set();
            }

            return number;
        });
        var blocker = host.CreateClient().Service<IBlocker>();

        var first = blocker.RunAsync(1);
        Assert.AreEqual(2, await blocker.RunAsync(2));
        Assert.AreEqual(1, await first);
    }

    [TestMethod]
    public async Task Handlers_that_wait_for_each_other_all_end_when_they_arrive_at_once()
    {
        const int Count = 4;
        using var together = new Barrier(Count);
        await using var host = await StartAsync(number =>
        {
            together.SignalAndWait();
            return number;
        });
        var blocker = host.CreateClient().Service<IBlocker>();

        var answers = await Task.WhenAll(Enumerable.Range(1, Count).Select(number => blocker.RunAsync(number)));

        CollectionAssert.AreEqual(Enumerable.Range(1, Count).ToArray(), answers);
    }

    [TestMethod]
    public async Task Answer_goes_out_when_a_handler_behind_it_blocks_until_it_was_read()
    {
        using var read = new ManualResetEventSlim();
        await using var host = await StartAsync(number =>
        {
            if (number == 2)
            {
                read.Wait();
            }

            return number;
        });
        var blocker = host.CreateClient().Service<IBlocker>();

        var (first, second) = (blocker.RunAsync(1), blocker.RunAsync(2));
        Assert.AreEqual(1, await first);
        read.Set();
        Assert.AreEqual(2, await second);
    }

    [TestMethod]
    public async Task Every_item_comes_once_and_in_order_when_the_consumer_blocks_on_a_call_for_each()
    {
        await using var host = await StartAsync(static number => number);
        var blocker = host.CreateClient().Service<IBlocker>();
        var seen = new List<int>();

        await foreach (var number in blocker.CountAsync(20).ConfigureAwait(false))
        {
            Assert.AreEqual(-number, blocker.RunAsync(-number).GetAwaiter().GetResult());
            seen.Add(number);
        }

        Check.IsCount(20, seen);
    }

    [TestMethod]
    public async Task Caller_gets_on_when_it_blocks_on_a_call_right_after_another()
    {
        await using var host = await StartAsync(static number => number);
        var blocker = host.CreateClient().Service<IBlocker>();

        Assert.AreEqual(1, await blocker.RunAsync(1).ConfigureAwait(false));
        Assert.AreEqual(2, blocker.RunAsync(2).GetAwaiter().GetResult());
        Assert.AreEqual(3, blocker.RunAsync(3).GetAwaiter().GetResult());
    }

    [TestMethod]
    public async Task Items_go_out_when_the_sequence_blocks_until_the_first_was_read()
    {
        using var read = new ManualResetEventSlim();
        await using var host = await StartAsync(number =>
        {
            if (number == 2)
            {
                read.Wait();
            }

            return number;
        });

        await foreach (var number in host.CreateClient().Service<IBlocker>().CountAsync(3))
        {
            read.Set();
            Assert.IsTrue(number <= 3);
        }
    }

    [TestMethod]
    public async Task Session_is_resumed_when_the_connection_breaks_under_a_handler_that_blocks()
    {
        using var entered = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        await using var host = await StartAsync(number =>
        {
            if (number == 1)
            {
                entered.Set();
                released.Wait();
            }

            return number;
        });
        var client = await host.ConnectAsync();
        var blocker = client.Service<IBlocker>();

        var first = blocker.RunAsync(1);
        entered.Wait();
        client.Link.Cut();
        Assert.AreEqual(2, await blocker.RunAsync(2), "The new connection is read while the old one's thread is still held up.");
        released.Set();
        Assert.AreEqual(1, await first);
        Assert.AreEqual(2, client.Link.Connections);
    }

    private static Task<LoopTestHost> StartAsync(Func<int, int> run) => LoopTestHost.StartAsync(server => server.AddContract<IBlocker>(new Blocker(run)));
}
