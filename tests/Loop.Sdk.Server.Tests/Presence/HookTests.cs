using System.Collections.Concurrent;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Presence;
using Loop.Sdk.Server.Tests.Presence.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Presence;

[TestClass]
public sealed class HookTests
{
    [TestMethod]
    public async Task Observer_is_told_everything_in_order_though_another_one_fails()
    {
        var observer = new Recorder();
        await using var world = await PresenceWorld.StartAsync(build: builder => builder.Services
            .AddSingleton<IPresenceObserver>(new Failing()).AddSingleton<IPresenceObserver>(observer));
        var (ada, bob) = (world.User("ada"), world.User("bob"));
        await ada.EnterAsync();
        await bob.EnterAsync();
        await ada.UpdateAsync("{}");
        await ada.LeaveAsync();
        await bob.Client.DisposeAsync();
        await Until.SoAsync(() => observer.Heard.Count == 7);
        CollectionAssert.AreEqual(
            new[] { "open doc:1", "+ada True", "+bob True", "~ada True", "-ada Left True", "-bob Left True", "empty doc:1" }, observer.Heard.ToArray());
        await Until.SoAsync(() => world.Logs.Entries.Any(static entry => entry.Contains("I always fail.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Slow_observer_holds_up_nobody_and_what_is_too_much_is_left_out()
    {
        var observer = new Recorder { Gate = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var world = await PresenceWorld.StartAsync(
            static options => options.MaxObserverQueue = 5, builder => builder.Services.AddSingleton<IPresenceObserver>(observer));
        var ada = world.User("ada");
        for (var round = 0; round < 50; round++)
        {
            await ada.EnterAsync();
            await ada.LeaveAsync();
        }

        Assert.HasCount(1, world.Logs.Entries.Where(static entry => entry.Contains("observer is too slow", StringComparison.Ordinal)).ToList());
        observer.Gate.SetResult();
        await Until.SoAsync(() => observer.Heard.Count is 5 or 6);
        await ada.EnterAsync();
        await Until.SoAsync(() => observer.Heard.Last() == "+ada True");
    }

    private sealed class Recorder : IPresenceObserver
    {
        public ConcurrentQueue<string> Heard { get; } = new();

        public TaskCompletionSource? Gate { get; init; }

        public ValueTask ScopeOpenedAsync(string scope) => AddAsync($"open {scope}");

        public ValueTask MemberEnteredAsync(string scope, PresenceMember member, bool isLocal) => AddAsync($"+{member.User} {isLocal}");

        public ValueTask MemberUpdatedAsync(string scope, PresenceMember member, bool isLocal) => AddAsync($"~{member.User} {isLocal}");

        public ValueTask MemberLeftAsync(string scope, PresenceMember member, LeaveReason reason, bool isLocal) => AddAsync($"-{member.User} {reason} {isLocal}");

        public ValueTask ScopeEmptyAsync(string scope) => AddAsync($"empty {scope}");

        private async ValueTask AddAsync(string what)
        {
            await (Gate?.Task ?? Task.CompletedTask);
            Heard.Enqueue(what);
        }
    }

    private sealed class Failing : IPresenceObserver
    {
        public ValueTask MemberEnteredAsync(string scope, PresenceMember member, bool isLocal) => throw new InvalidOperationException("I always fail.");
    }
}
