namespace QuickStart.Board;

/// <summary>A note on the board.</summary>
internal sealed record Note(int Id, string Author, string Text);
