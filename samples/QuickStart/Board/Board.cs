using System.Runtime.CompilerServices;
using Loop.Sdk.Feeds;
using Loop.Sdk.Server;

namespace QuickStart.Board;

/// <summary>The service for one session: it knows who calls. The notes are shared by all sessions.</summary>
internal sealed class Board(LoopSession session, KeyedFeedSource<int, Note> notes) : IBoard
{
    public Task<Note> PostAsync(string text, CancellationToken cancellationToken)
    {
        var note = new Note(notes.Count + 1, session.PrincipalId, text);
        notes.Put(note);
        return Task.FromResult(note);
    }

    public async IAsyncEnumerable<int> CountAsync(int upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; number <= upTo; number++)
        {
            yield return number;
            if (number % 1000 == 0)
            {
                await Task.Yield();
            }
        }
    }

    public async IAsyncEnumerable<string> EchoAsync(IAsyncEnumerable<string> words, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var word in words.WithCancellation(cancellationToken))
        {
            yield return $"{word}, {word}!";
        }
    }

    public IFeed<KeyedSnapshot<Note>, KeyedChange<int, Note>> Watch() => notes;
}
