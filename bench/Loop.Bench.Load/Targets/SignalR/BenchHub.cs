using System.Diagnostics.CodeAnalysis;
using Loop.Bench.Load.Payload;
using Microsoft.AspNetCore.SignalR;

namespace Loop.Bench.Load.Targets.SignalR;

/// <summary>The hub. Its public methods are called by name.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "SignalR finds instance methods only.")]
internal sealed class BenchHub(LastSubscriber last) : Hub
{
    private static readonly byte[] StreamPayload = NotePayload.CreateBytes(NotePayload.FirstId);

    public Note Echo(Note note) => note;

    public IAsyncEnumerable<Note> StreamNotes(int milliseconds) =>
        Generate(TimeSpan.FromMilliseconds(milliseconds), NotePayload.Create).ToAsyncEnumerable();

    public IAsyncEnumerable<byte[]> StreamBytes(int milliseconds) =>
        Generate(TimeSpan.FromMilliseconds(milliseconds), _ => StreamPayload).ToAsyncEnumerable();

    public Task Subscribe()
    {
        last.ConnectionId = Context.ConnectionId;
        return Groups.AddToGroupAsync(Context.ConnectionId, HubNames.Group);
    }

    public int Upload(byte[] payload) => payload.Length;

    public byte[] Download(int bytes) => new byte[bytes];

    public async Task<int> UploadChunks(IAsyncEnumerable<byte[]> chunks)
    {
        var bytes = 0;
        await foreach (var chunk in chunks)
        {
            bytes += chunk.Length;
        }

        return bytes;
    }

    public IAsyncEnumerable<byte[]> DownloadChunks(int bytes) => Chunking.Split(new byte[bytes]).ToAsyncEnumerable();

    private static IEnumerable<T> Generate<T>(TimeSpan duration, Func<int, T> create)
    {
        var deadline = new Deadline(duration);
        for (var id = NotePayload.FirstId; !deadline.HasPassed(); id++)
        {
            yield return create(id);
        }
    }
}
