using System.Text;
using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>
/// Who owns the room, as far as its members can tell by themselves: who signed the first context that was read, and then whoever that owner gave the room to. Only the owner may
/// write contexts and change the key; what the server says about it counts for nothing.
/// </summary>
internal sealed class OwnerTrust(RoomKeys keys)
{
    private string? _owner;

    /// <summary>The owner's member id, or null as long as nothing signed was read.</summary>
    public string? Owner => Volatile.Read(ref _owner);

    /// <summary>From now on this is the owner.</summary>
    public void Set(string? owner)
    {
        if (owner is not null)
        {
            Volatile.Write(ref _owner, owner);
        }
    }

    /// <summary>Whether somebody may write this context, which they signed.</summary>
    public bool Accepts(string author, RoomContext context) => Owner is not { } owner || owner == author || LeadsTo(owner, author, context.Successions ?? []);

    /// <summary>The proof that the room goes from this member to another.</summary>
    public static OwnerSuccession Prove(RoomCipher cipher, MemberKey from, string to, long version) => new()
    {
        From = StrictBase64Url.Encode(from.Identity.PublicKey),
        To = to,
        Version = version,
        Proof = StrictBase64Url.Encode(cipher.Seal(EnvelopeField.Timeline, OwnerSuccession.Item, version, Encoding.UTF8.GetBytes(to), from)),
    };

    private bool LeadsTo(string owner, string author, IReadOnlyList<OwnerSuccession> successions)
    {
        foreach (var succession in successions.Take(OwnerSuccession.MaxCount))
        {
            using var from = MemberIdentity.TryRead(succession.From, owner);
            if (from is not null && IsProven(succession, from))
            {
                owner = succession.To;
            }
        }

        return owner == author;
    }

    private bool IsProven(OwnerSuccession succession, MemberIdentity from)
    {
        var length = StrictBase64Url.DecodedLength(succession.Proof.Length);
        var proof = new byte[Math.Max(length, 0)];
        if (!StrictBase64Url.TryDecode(succession.Proof, proof))
        {
            return false;
        }

        try
        {
            var opened = keys.RequireCipher().Open(EnvelopeField.Timeline, OwnerSuccession.Item, succession.Version, proof, from);
            return opened.Content.Span.SequenceEqual(Encoding.UTF8.GetBytes(succession.To));
        }
        catch (LoopException)
        {
            return false;
        }
    }
}
