using Loop.Sdk.Tests.Harness;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Tests.Channels;

[TestClass]
public sealed class FeatureTests
{
    private readonly List<string> _disposed = [];

    [TestMethod]
    public async Task Feature_is_made_once_with_its_settings_and_the_channels_clock()
    {
        Pets? settings = null;
        await using var fixture = new Fixture(options =>
        {
            settings = options.Feature<Pets>();
            settings.Name = "Rex";
        });
        settings!.Name = "changed later";

        var dog = fixture.Client.Feature(context => new Dog(context, _disposed));

        Assert.AreSame(dog, fixture.Client.Feature<Dog>(static _ => throw new AssertFailedException("It is there.")));
        Assert.AreEqual("Rex", dog.Context.Settings<Pets>().Name);
        Assert.AreSame(fixture.Client, dog.Context.Channel);
        Assert.AreSame(fixture.Time, dog.Context.TimeProvider);
        Assert.AreEqual("", new Fixture().Client.Feature(context => new Dog(context, _disposed)).Context.Settings<Pets>().Name);
    }

    [TestMethod]
    public async Task Many_who_ask_at_once_get_the_same_feature()
    {
        await using var fixture = new Fixture();
        var made = 0;

        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => fixture.Client.Feature(context =>
        {
            Interlocked.Increment(ref made);
            return new Dog(context, _disposed);
        }))));

        Assert.AreEqual(1, made);
        Assert.HasCount(1, all.Distinct().ToList());
    }

    [TestMethod]
    public async Task Feature_whose_making_failed_is_made_anew()
    {
        await using var fixture = new Fixture();

        Assert.ThrowsExactly<NotSupportedException>(() => fixture.Client.Feature<Dog>(static _ => throw new NotSupportedException()));

        Assert.IsNotNull(fixture.Client.Feature(context => new Dog(context, _disposed)));
    }

    [TestMethod]
    public async Task Features_are_disposed_of_the_newest_first_while_the_server_can_be_called()
    {
        await using var fixture = new Fixture();
        await fixture.ConnectAsync();
        fixture.Client.Feature(context => new Dog(context, _disposed));

        // A cat needs a dog, which it gets before it is there itself.
        fixture.Client.Feature(context => new Cat(context, _disposed));
        fixture.Client.Feature<object>(static _ => new());

        await fixture.Client.DisposeAsync().AsTask().Soon();

        CollectionAssert.AreEqual(new[] { "cat says goodbye", "dog" }, _disposed);
        Assert.AreEqual(ChannelState.Closed, fixture.Client.State);
    }

    [TestMethod]
    public async Task Feature_that_fails_or_hangs_does_not_keep_the_channel_from_closing()
    {
        await using var fixture = new Fixture();
        var served = await fixture.ConnectAsync();
        fixture.Client.Feature(static _ => new Hanging());
        fixture.Client.Feature(static _ => new Failing());

        await fixture.Client.DisposeAsync().AsTask().Soon();

        Assert.IsTrue(fixture.Client.Feature<Hanging>(static _ => throw new AssertFailedException("It is there.")).IsDisposed);
        Assert.AreEqual(ErrorCodes.Closed, (await served.Peer.GoAway).Code);
    }

    [TestMethod]
    public async Task Feature_is_not_made_any_more_when_the_channel_was_disposed_of()
    {
        var fixture = new Fixture();
        var dog = fixture.Client.Feature(context => new Dog(context, _disposed));
        await fixture.DisposeAsync();

        Assert.AreSame(dog, fixture.Client.Feature(context => new Dog(context, _disposed)));
        Assert.AreEqual(ErrorCodes.Closed, Assert.ThrowsExactly<LoopException>(() => fixture.Client.Feature(context => new Cat(context, _disposed))).Code);
    }

    [TestMethod]
    public void Unsound_settings_of_a_feature_are_refused_with_the_channels_own()
    {
        var options = new ChannelClientOptions { OfflineQueueLimit = -1 };
        options.Feature<Pets>().Name = null!;

        var error = Assert.ThrowsExactly<OptionsValidationException>(() => ChannelClient.Create(options));

        CollectionAssert.AreEqual(new[] { "Endpoint is required.", "OfflineQueueLimit must not be negative.", "Pets have names." }, error.Failures.ToArray());
    }

    private sealed class Pets : IFeatureSettings
    {
        public string Name { get; set; } = "";

        public IFeatureSettings Copy() => (IFeatureSettings)MemberwiseClone();

        public IEnumerable<string> Validate() => Name is null ? ["Pets have names."] : [];
    }

    private sealed class Dog(FeatureContext context, List<string> disposed) : IAsyncDisposable
    {
        public FeatureContext Context => context;

        public ValueTask DisposeAsync()
        {
            disposed.Add("dog");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Cat(FeatureContext context, List<string> disposed) : IAsyncDisposable
    {
        private readonly Dog _dog = context.Channel.Feature(other => new Dog(other, disposed));

        public async ValueTask DisposeAsync() => disposed.Add("cat says " + await _dog.Context.Channel.Service<IDemo>().EchoAsync("goodbye"));
    }

    private sealed class Hanging : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return new ValueTask(new TaskCompletionSource().Task);
        }
    }

    private sealed class Failing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => throw new InvalidOperationException("It cannot be disposed of.");
    }
}
