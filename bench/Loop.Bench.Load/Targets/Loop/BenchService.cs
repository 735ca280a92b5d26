using System.Collections.Concurrent;
using Loop.Bench.Load.Payload;
using Loop.Sdk.Feeds;

namespace Loop.Bench.Load.Targets.Loop;

/// <summary>The service that the bench calls: one for all sessions.</summary>
internal sealed class BenchService : IBench
{
    private readonly ConcurrentDictionary<int, byte[]> _downloads = new();

    /// <summary>Everybody who subscribed.</summary>
    public Topic<Note> Group { get; } = new();

    public Task<Note> EchoAsync(Note note, CancellationToken cancellationToken) => Task.FromResult(note);

    public async IAsyncEnumerable<Note> StreamNotesAsync(int milliseconds, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var deadline = new Deadline(TimeSpan.FromMilliseconds(milliseconds));
        for (var id = NotePayload.FirstId; !deadline.HasPassed(); id++)
        {
            yield return NotePayload.Create(id);
        }

        await Task.CompletedTask;
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> StreamBytesAsync(int milliseconds, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var payload = new byte[NotePayload.Size];
        var deadline = new Deadline(TimeSpan.FromMilliseconds(milliseconds));
        while (!deadline.HasPassed())
        {
            yield return payload;
        }

        await Task.CompletedTask;
    }

    public IAsyncEnumerable<Note> SubscribeAsync(CancellationToken cancellationToken) => Group.Subscribe();

    public Task<int> UploadAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => Task.FromResult(payload.Length);

    public Task<ReadOnlyMemory<byte>> DownloadAsync(int bytes, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>>(_downloads.GetOrAdd(bytes, static size => new byte[size]));
}
