using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Loop.Sdk.Cryptography;

/// <summary>
/// A link to a room: the room's address, and the key in the fragment, which browsers do not send to servers. <see cref="ToString"/> leaves the key out;
/// <see cref="ToLink"/> is the text to give to guests.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class RoomLink : IDisposable
{
    /// <summary>The longest link that is read, in characters.</summary>
    public const int MaxLength = 2048;

    private const string LoopV2Prefix = "v2.";

    private RoomLink(Uri roomUrl, string roomToken, RoomKey? key)
    {
        RoomUrl = roomUrl;
        RoomToken = roomToken;
        Key = key;
    }

    /// <summary>The room's address, without the key.</summary>
    public Uri RoomUrl { get; }

    /// <summary>The room's token: the last segment of the address's path.</summary>
    public string RoomToken { get; }

    /// <summary>The key, or null if the link has none: the room can be joined then, but its context cannot be read. Disposed of with the link.</summary>
    public RoomKey? Key { get; }

    /// <summary>Reads a link: <c>https://host/token#key</c>, with a key of either envelope or with none.</summary>
    /// <param name="link">The link, at most <see cref="MaxLength"/> characters.</param>
    /// <exception cref="LoopException"><c>invalid_link</c>: not an http or https address with a room's token, or the fragment is no key, for instance because it was cut off.</exception>
    public static RoomLink Parse(string link)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (link.Length > MaxLength)
        {
            throw CryptographyErrors.InvalidLink("it is too long");
        }

        // The address is looked at without the fragment, so that the key gets into no other object and no message.
        var hash = link.IndexOf('#', StringComparison.Ordinal);
        var (url, token) = ReadAddress(hash < 0 ? link : link[..hash]);
        return new RoomLink(url, token, hash < 0 || hash == link.Length - 1 ? null : ReadFragment(link.AsSpan(hash + 1)));
    }

    /// <summary>Makes the link to a room from its address; a fragment that the address has is replaced.</summary>
    /// <param name="roomUrl">The room's address, as the server gave it.</param>
    /// <param name="key">The key, which the link takes over and disposes of.</param>
    /// <exception cref="LoopException"><c>invalid_link</c>: not an http or https address with a room's token.</exception>
    public static RoomLink Create(Uri roomUrl, RoomKey key)
    {
        ArgumentNullException.ThrowIfNull(roomUrl);
        ArgumentNullException.ThrowIfNull(key);
        var (url, token) = ReadAddress(roomUrl.IsAbsoluteUri ? roomUrl.GetLeftPart(UriPartial.Query) : roomUrl.OriginalString);
        return new RoomLink(url, token, key);
    }

    /// <summary>The whole link with its key: whoever sees it can read the room.</summary>
    /// <exception cref="ObjectDisposedException">The link was disposed of.</exception>
    public string ToLink() => Key switch
    {
        null => RoomUrl.AbsoluteUri,
        { Algorithm: EnvelopeAlgorithm.LoopV2 } => string.Create(CultureInfo.InvariantCulture, $"{RoomUrl.AbsoluteUri}#{LoopV2Prefix}{Key.Epoch}.{RoomKeyText.Write(Key)}"),
        _ => $"{RoomUrl.AbsoluteUri}#{RoomKeyText.Write(Key)}",
    };

    /// <summary>The room's address, without the key.</summary>
    public override string ToString() => RoomUrl.AbsoluteUri;

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => Key?.Dispose();

    private static (Uri Url, string Token) ReadAddress(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw CryptographyErrors.InvalidLink("it is no http or https address");
        }

        if (url.UserInfo.Length > 0)
        {
            throw CryptographyErrors.InvalidLink("it holds credentials");
        }

        var token = url.AbsolutePath[(url.AbsolutePath.LastIndexOf('/') + 1)..];
        if (token.Length > BoundText.MaxLength || !Token().IsMatch(token))
        {
            throw CryptographyErrors.InvalidLink("its path does not end with a room's token");
        }

        return (url, token);
    }

    private static RoomKey ReadFragment(ReadOnlySpan<char> fragment)
    {
        if (!fragment.StartsWith(LoopV2Prefix, StringComparison.Ordinal))
        {
            return RoomKeyText.TryReadAesGcm(fragment) ?? throw CryptographyErrors.InvalidLink("its fragment is no key");
        }

        var rest = fragment[LoopV2Prefix.Length..];
        var dot = rest.IndexOf('.');
        if (dot < 1
            || rest[0] == '0'
            || !int.TryParse(rest[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            || RoomKeyText.TryReadLoopV2(rest[(dot + 1)..], epoch) is not { } key)
        {
            throw CryptographyErrors.InvalidLink("its fragment is no key of a known version");
        }

        return key;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
