namespace Loop.Bench.Load.Client;

/// <summary>A session that can play dead: its socket stays open but is no longer read.</summary>
internal interface IPausableConnection : IEventConnection
{
    void StopReading();
}
