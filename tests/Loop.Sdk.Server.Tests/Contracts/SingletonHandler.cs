namespace Loop.Sdk.Server.Tests.Contracts;

internal sealed class SingletonHandler : EchoOnly
{
    public SingletonHandler(HandlerJournal journal) => journal.NoteMade();

    public override Task<string> EchoAsync(string text, CancellationToken cancellationToken) => Task.FromResult(text);
}
