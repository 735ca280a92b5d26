using Loop.Bench.Load.Payload;

namespace Loop.Bench.Load.Client;

/// <summary>One session of a target.</summary>
internal interface IClientConnection : IAsyncDisposable
{
    /// <summary>One call: the server answers with the same note. May be called many times at once.</summary>
    ValueTask EchoAsync(Note note);
}
