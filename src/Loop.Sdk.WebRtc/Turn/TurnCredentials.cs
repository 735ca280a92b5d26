using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Turn;

/// <summary>The long-term credentials (RFC 8489, section 9.2) in the server's realm.</summary>
internal sealed class TurnCredentials(string username, string password)
{
    // RFC 8489: 508 bytes of user name, 763 of realm and of nonce.
    private const int MaxUsername = 508;
    private const int MaxServerText = 763;

    private readonly byte[] _username = Encoding.UTF8.GetBytes(username);
    private byte[] _realm = [];
    private byte[] _nonce = [];
    private byte[] _key = [];

    /// <summary>Whether the server has told its realm.</summary>
    public bool IsKnown => _key.Length > 0;

    public ReadOnlySpan<byte> Key => _key;

    /// <summary>Takes the realm and nonce of an error 401 or 438.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The RFC wants MD5.")]
    public bool TryTakeChallenge(in StunMessage message)
    {
        if (_username.Length is 0 or > MaxUsername || !message.TryFind(StunAttribute.Nonce, out var nonce) || nonce.Length is 0 or > MaxServerText)
        {
            return false;
        }

        _nonce = nonce.ToArray();
        if (message.TryFind(StunAttribute.Realm, out var realm) && realm.Length is > 0 and <= MaxServerText)
        {
            _realm = realm.ToArray();
            _key = MD5.HashData([.. _username, (byte)':', .. _realm, (byte)':', .. Encoding.UTF8.GetBytes(password)]);
        }

        return IsKnown;
    }

    public void Add(ref StunWriter writer)
    {
        writer.Add(StunAttribute.Username, _username);
        writer.Add(StunAttribute.Realm, _realm);
        writer.Add(StunAttribute.Nonce, _nonce);
        writer.AddIntegrity(_key);
    }
}
