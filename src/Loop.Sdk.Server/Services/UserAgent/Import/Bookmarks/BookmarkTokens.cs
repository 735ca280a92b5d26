using System.Runtime.CompilerServices;
using System.Text;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Cuts a bookmark file into tags and texts, as it arrives.</summary>
internal sealed class BookmarkTokens(Stream html, long mostBytes)
{
    private const int BufferSize = 16 * 1024;
    private const int MaxToken = 1024 * 1024;
    private const string CommentBegin = "!--";
    private const string CommentEnd = "--";

    private readonly StringBuilder _token = new();
    private bool _isTag;
    private char _quote;

    /// <summary>All of them. It ends in an error if the file ends within a tag, and if it is not UTF-8.</summary>
    public async IAsyncEnumerable<BookmarkToken> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[BufferSize];
        var characters = new char[BufferSize + 1];
        var (total, isFirst) = (0L, true);
        int read;
        do
        {
            read = await html.ReadAsync(bytes, cancellationToken).ConfigureAwait(false);
            total += read;
            if (total > mostBytes)
            {
                throw ImportErrors.TooLarge("The file is larger than may be imported.");
            }

            var count = Decode(decoder, bytes.AsSpan(0, read), characters, isEnd: read == 0);
            var skip = isFirst && count > 0 && characters[0] == '\uFEFF' ? 1 : 0;
            isFirst &= count == 0;
            for (var index = skip; index < count; index++)
            {
                if (Next(characters[index]) is { } token)
                {
                    yield return token;
                }
            }
        }
        while (read > 0);

        if (_isTag)
        {
            throw ImportErrors.Invalid("The file ends within a tag: it is cut.");
        }

        if (_token.Length > 0)
        {
            yield return new BookmarkToken(IsTag: false, _token.ToString());
        }
    }

    private static int Decode(Decoder decoder, ReadOnlySpan<byte> bytes, Span<char> characters, bool isEnd)
    {
        try
        {
            return decoder.GetChars(bytes, characters, isEnd);
        }
        catch (DecoderFallbackException exception)
        {
            throw ImportErrors.Invalid("The file is not UTF-8, or damaged.", exception);
        }
    }

    private BookmarkToken? Next(char character)
    {
        if (!_isTag)
        {
            return character == '<' ? Finish(isTag: true) : Add(character);
        }

        if (character == '>' && _quote == default && !IsWithinComment())
        {
            return Finish(isTag: false);
        }

        // Quotes hold values of attributes; there are none in comments and declarations.
        if (_token.Length > 0 && _token[0] != '!' && character is '"' or '\'')
        {
            _quote = _quote == default ? character : _quote == character ? default : _quote;
        }

        return Add(character);
    }

    private bool IsWithinComment() => StartsWith(CommentBegin) && (_token.Length < CommentBegin.Length + CommentEnd.Length || _token[^1] != '-' || _token[^2] != '-');

    private bool StartsWith(string text) => _token.Length >= text.Length && _token[0] == text[0] && _token[1] == text[1] && _token[2] == text[2];

    private BookmarkToken? Add(char character)
    {
        if (_token.Length == MaxToken)
        {
            throw ImportErrors.Invalid("A tag or text of the file has no end.");
        }

        _token.Append(character);
        return null;
    }

    private BookmarkToken? Finish(bool isTag)
    {
        BookmarkToken? token = _isTag || _token.Length > 0 ? new BookmarkToken(_isTag, _token.ToString()) : null;
        _token.Clear();
        (_isTag, _quote) = (isTag, default);
        return token;
    }
}
