using System.Diagnostics;
using System.Net;

namespace Loop.Sdk.WebRtc.Tests.Connections;

/// <summary>Connections that come and go, and those whose peer is gone without a word.</summary>
[TestClass]
public sealed class LifeTests
{
    private const long Stack = 8 * 1024 * 1024;

    [TestMethod]
    public async Task Connections_leave_nothing_behind_when_many_are_opened_and_closed()
    {
        using var factory = new PeerConnectionFactory();
        await CycleAsync(factory, 100);
        var before = Measure();

        await CycleAsync(factory, 1000);

        var after = Measure();
        Assert.IsTrue(after.Handles <= before.Handles + 8, $"Handles: {before.Handles}, then {after.Handles}.");
        Assert.IsTrue(after.Threads <= before.Threads + 8, $"Threads: {before.Threads}, then {after.Threads}.");

        // The pool has as many as the machine's load asks for, each with a stack; a connection that held one up would cost a thousand.
        var stacks = Math.Max(0, after.Pool - before.Pool) * Stack;
        Assert.IsTrue(after.Pool <= before.Pool + 64, $"Threads of the pool: {before.Pool}, then {after.Pool}.");
        Assert.IsTrue(after.Managed <= before.Managed + (2 * 1024 * 1024), $"Managed bytes: {before.Managed}, then {after.Managed}.");
        Assert.IsTrue(after.Private <= before.Private + (64 * 1024 * 1024) + stacks, $"Private bytes: {before.Private}, then {after.Private}.");
    }

    [TestMethod]
    public async Task Connections_that_are_forgotten_are_collected_when_they_had_not_begun()
    {
        using var factory = new PeerConnectionFactory();
        var forgotten = Forget(factory);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.IsFalse(forgotten.TryGetTarget(out _));
        await Task.CompletedTask;
    }

    [TestMethod]
    public async Task Send_waits_without_growing_when_the_peer_is_gone()
    {
        const int Count = 100;
        using var factory = new PeerConnectionFactory();
        await using var relay = new UdpRelay();
        await using var first = factory.Create(PeerPair.Loopback(new PeerConnectionOptions { SendBuffer = 64 * 1024 }));
        await using var second = factory.Create(PeerPair.Loopback(new PeerConnectionOptions { ReceiveBuffer = 256 * 1024 }));
        var channel = first.CreateDataChannel("chat");
        await relay.ConnectAsync(first, second);
        await channel.WaitForOpenAsync().Soon();

        relay.IsCut = true;
        var sends = Enumerable.Range(0, Count).Select(_ => channel.SendAsync(new byte[16 * 1024]).AsTask()).ToList();
        await PeerPair.ReachAsync(first, PeerConnectionState.Disconnected);

        Assert.IsTrue(sends.Count(static send => send.IsCompleted) <= 8 + ((64 + 256) / 16), "No more than this end's buffer and the peer's window.");
        relay.IsCut = false;
        Assert.HasCount(Count, await (await PeerPair.NextAsync(second)).TakeAsync(Count));
        await Task.WhenAll(sends).Soon();
        await PeerPair.ReachAsync(first, PeerConnectionState.Connected);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference<IPeerConnection> Forget(PeerConnectionFactory factory) => new(factory.Create());

    // A few at a time: most of a cycle is waiting.
    private static Task CycleAsync(PeerConnectionFactory factory, int count) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, cancellationToken) =>
        {
            await using var pair = new PeerPair(factory);
            var (here, there) = await pair.OpenAsync();
            await here.SendAsync(new byte[1000], cancellationToken: cancellationToken).Soon();
            Assert.HasCount(1, await there.TakeAsync(1));
        });

    private static (int Handles, int Threads, int Pool, long Managed, long Private) Measure()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        var pool = ThreadPool.ThreadCount;
        return (Directory.GetFiles("/proc/self/fd").Length, process.Threads.Count - pool, pool, GC.GetTotalMemory(true), process.PrivateMemorySize64);
    }
}
