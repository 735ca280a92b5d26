using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace QuickStart.Board;

/// <summary>The application's own service. Clients call this interface; the server implements it.</summary>
[Contract("quickstart.board/1", typeof(BoardJson))]
internal partial interface IBoard
{
    /// <summary>Puts a note on the board, for everybody.</summary>
    [ContractMethod(1)]
    Task<Note> PostAsync(string text, CancellationToken cancellationToken = default);

    /// <summary>Counts, as fast as the caller takes the numbers.</summary>
    [ContractMethod(2)]
    IAsyncEnumerable<int> CountAsync(int upTo, CancellationToken cancellationToken = default);

    /// <summary>Answers every word as it comes.</summary>
    [ContractMethod(3)]
    IAsyncEnumerable<string> EchoAsync(IAsyncEnumerable<string> words, CancellationToken cancellationToken = default);

    /// <summary>The notes, and every change to them.</summary>
    [ContractMethod(4)]
    IFeed<KeyedSnapshot<Note>, KeyedChange<int, Note>> Watch();
}
