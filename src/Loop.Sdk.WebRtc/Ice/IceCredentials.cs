using System.Buffers;
using System.Text;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>One end's name and password for one ICE session (RFC 8839, section 5.4).</summary>
internal sealed class IceCredentials
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const int FragmentLength = 8;
    private const int PasswordLength = 24;
    private const int MaxLength = 256;

    private static readonly SearchValues<char> IceChars = SearchValues.Create(Alphabet);

    private IceCredentials(string usernameFragment, string password)
    {
        UsernameFragment = usernameFragment;
        Password = password;
        Key = Encoding.ASCII.GetBytes(password);
    }

    public string UsernameFragment { get; }

    public string Password { get; }

    /// <summary>The password as messages are authenticated with it.</summary>
    public ReadOnlySpan<byte> KeyBytes => Key;

    private byte[] Key { get; }

    /// <summary>Makes new ones: 48 bits of name and 144 bits of password.</summary>
    public static IceCredentials Create(FillRandom random)
    {
        Span<byte> bytes = stackalloc byte[FragmentLength + PasswordLength];
        random(bytes);
        Span<char> text = stackalloc char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            text[i] = Alphabet[bytes[i] & 63];
        }

        return new IceCredentials(new string(text[..FragmentLength]), new string(text[FragmentLength..]));
    }

    /// <summary>Takes those of a description; null if they are not what the RFC allows: 4 to 256 and 22 to 256 characters out of 64.</summary>
    public static IceCredentials? TryCreate(string? usernameFragment, string? password) =>
        usernameFragment is { Length: >= 4 and <= MaxLength } && password is { Length: >= 22 and <= MaxLength }
        && !usernameFragment.AsSpan().ContainsAnyExcept(IceChars) && !password.AsSpan().ContainsAnyExcept(IceChars)
            ? new IceCredentials(usernameFragment, password)
            : null;

    public bool IsSame(IceCredentials other) => UsernameFragment == other.UsernameFragment && Password == other.Password;

    /// <summary>The name alone.</summary>
    public override string ToString() => UsernameFragment;
}
