namespace Loop.Sdk.Feeds.Tests.Harness;

internal sealed class TestService : ITestService
{
    public Func<IFeed<Tally, Step>> TallyFeed { get; set; } = () => throw new NotSupportedException();

    public Func<IFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>>> NotesFeed { get; set; } = () => throw new NotSupportedException();

    public Topic<Tick> Topic { get; set; } = new();

    public IFeed<Tally, Step> Tally() => TallyFeed();

    public IFeed<KeyedSnapshot<Note>, KeyedChange<string, Note>> Notes() => NotesFeed();

    public IAsyncEnumerable<Tick> Ticks(CancellationToken cancellationToken = default) => Topic.Subscribe();
}
