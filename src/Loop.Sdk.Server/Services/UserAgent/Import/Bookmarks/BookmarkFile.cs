using System.Globalization;
using System.Net;
using System.Text;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Reads a bookmark file: lists within lists, of headings and links. What is cut or damaged is an error, and not the bookmarks up to there.</summary>
internal sealed class BookmarkFile
{
    private const string Declaration = "!DOCTYPE NETSCAPE-BOOKMARK-FILE-1";
    private const int MaxBookmarks = 1_000_000;
    private const long LatestSeconds = 100_000_000_000;
    private const long LatestMillis = 100_000_000_000_000;

    // By address: one may be in several folders.
    private readonly Dictionary<string, Bookmark> _bookmarks = new(StringComparer.Ordinal);
    private readonly StringBuilder _title = new();
    private bool _isDeclared;
    private bool _isList;
    private int _depth;
    private BookmarkToken? _link;

    /// <summary>The bookmarks of a file, each address once, in its order.</summary>
    public static async Task<IReadOnlyCollection<Bookmark>> ReadAsync(Stream html, long mostBytes, CancellationToken cancellationToken)
    {
        var file = new BookmarkFile();
        await foreach (var token in new BookmarkTokens(html, mostBytes).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            file.Take(token);
        }

        return file._isList && file._depth == 0 && file._link is null ? file._bookmarks.Values : throw ImportErrors.Invalid("The file's lists have no end: it is cut, or none of bookmarks.");
    }

    private void Take(BookmarkToken token)
    {
        if (!_isDeclared)
        {
            Declare(token);
            return;
        }

        if (!token.IsTag)
        {
            if (_link is not null)
            {
                _title.Append(token.Text);
            }

            return;
        }

        switch (token.Name)
        {
            case "DL":
                _isList = true;
                _depth++;
                break;
            case "/DL" when _depth == 0:
                throw ImportErrors.Invalid("A list of the file ends that did not begin: it is damaged.");
            case "/DL":
                _depth--;
                break;
            case "A" when _link is null:
                _link = token;
                _title.Clear();
                break;
            case "/A" when _link is { } link:
                Add(link);
                _link = null;
                break;
            case "A" or "/A":
                throw ImportErrors.Invalid("Links of the file are within each other: it is damaged.");
        }
    }

    private void Declare(BookmarkToken token)
    {
        if (token.IsTag)
        {
            _isDeclared = token.Text.Trim().Equals(Declaration, StringComparison.OrdinalIgnoreCase);
        }

        if (!_isDeclared && (token.IsTag || !string.IsNullOrWhiteSpace(token.Text)))
        {
            throw ImportErrors.Invalid("The file is none of bookmarks.");
        }
    }

    private void Add(BookmarkToken link)
    {
        if (link.Attribute("HREF")?.Trim() is not { } url)
        {
            return;
        }

        var bookmark = new Bookmark(url, WebUtility.HtmlDecode(_title.ToString()).Trim(), TimeOf(link.Attribute("ADD_DATE")));
        if (!_bookmarks.TryAdd(url, bookmark))
        {
            var known = _bookmarks[url];
            _bookmarks[url] = known with { AddedAt = known.AddedAt is { } at && bookmark.AddedAt is { } other ? Math.Min(at, other) : known.AddedAt ?? bookmark.AddedAt };
        }

        if (_bookmarks.Count > MaxBookmarks)
        {
            throw ImportErrors.TooLarge($"The file has more than {MaxBookmarks} bookmarks.");
        }
    }

    // Seconds; some browsers write milliseconds or microseconds.
    private static long? TimeOf(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time > 0
        ? time <= LatestSeconds ? time * 1_000_000 : time <= LatestMillis ? time * 1000 : time
        : null;
}
