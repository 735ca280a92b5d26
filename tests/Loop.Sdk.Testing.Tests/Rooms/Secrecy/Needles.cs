using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Rooms;

namespace Loop.Sdk.Testing.Tests.Rooms.Secrecy;

/// <summary>What must not be found anywhere, in every form that it could be written in. Also what remembers rooms, since that is how the members' private keys are got at.</summary>
internal sealed class Needles : IRoomMemory
{
    private static readonly string[] Purposes = ["context", "timeline", "signal", "signalling", "member", "rotation"];
    private readonly Dictionary<string, (string What, byte[] Bytes)> _forms = [];

    public int Count => _forms.Count;

    public void Add(string text)
    {
        foreach (var form in new[] { Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text) })
        {
            AddForms($"the text {text}", form);
        }
    }

    /// <summary>A room's key and those derived from it, as the documents say.</summary>
    public void Add(RoomKey key)
    {
        var bytes = new byte[key.Size];
        key.Export(bytes);
        AddForms("a room's key", bytes);
        foreach (var purpose in Purposes)
        {
            byte[] info = [.. Encoding.ASCII.GetBytes($"loop.v2/{purpose}"), 0, 0, 0, 0, (byte)key.Epoch];
            AddForms($"a room's key for {purpose}", HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 32, "loop.v2"u8.ToArray(), info));
        }
    }

    public void Add(OwnerKey key)
    {
        var bytes = new byte[key.Size];
        key.Export(bytes);
        AddForms("an owner's key", bytes);
        AddForms("an owner's key for wrapping", HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 32, "loop.v2"u8.ToArray(), [.. "loop.v2/wrap"u8, 0, 0, 0, 0, 0]));
    }

    public ValueTask<RememberedRoom?> LoadAsync(string token, CancellationToken cancellationToken = default) => ValueTask.FromResult<RememberedRoom?>(null);

    public ValueTask SaveAsync(RememberedRoom room, CancellationToken cancellationToken = default)
    {
        if (!room.MemberKey.IsEmpty)
        {
            // Two scalars; then the public keys.
            AddForms("a member's signing key", room.MemberKey[..32].ToArray());
            AddForms("a member's agreement key", room.MemberKey[32..64].ToArray());
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What is found in something; nothing, it is hoped.</summary>
    public IEnumerable<string> FoundIn(byte[] haystack)
    {
        lock (_forms)
        {
            return [.. _forms.Values.Where(form => haystack.AsSpan().IndexOf(form.Bytes) >= 0).Select(static form => form.What)];
        }
    }

    private void AddForms(string what, byte[] bytes)
    {
        Put(what, bytes);
        Put(what, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
        Put(what, Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
        for (var offset = 0; offset < 3; offset++)
        {
            // As a part of something longer: the characters that depend on these bytes alone.
            byte[] shifted = [.. new byte[offset], .. bytes];
            var first = ((offset * 8) + 5) / 6;
            var length = (shifted.Length * 8 / 6) - first;
            Put(what, Encoding.ASCII.GetBytes(Convert.ToBase64String(shifted).Substring(first, length)));
            Put(what, Encoding.ASCII.GetBytes(Base64Url.EncodeToString(shifted).Substring(first, length)));
        }
    }

    private void Put(string what, byte[] form)
    {
        lock (_forms)
        {
            _forms.TryAdd(Convert.ToHexString(form), (what, form));
        }
    }
}
