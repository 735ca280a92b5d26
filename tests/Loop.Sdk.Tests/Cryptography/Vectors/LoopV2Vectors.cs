namespace Loop.Sdk.Cryptography.Vectors;

internal sealed record LoopV2Vectors(
    KeyVector[] Keys,
    OwnerVector Owner,
    MemberVector[] Members,
    EnvelopeVector[] Envelopes,
    RefusalVector[] Refusals,
    WrappedVector[] Wrapped,
    RotationVector Rotation,
    LinkVector[] Links,
    string[] MalformedLinks)
{
    public MemberKey MemberKey(string name)
    {
        var member = Members.Single(vector => vector.Name == name);
        return Cryptography.MemberKey.Import(VectorFile.Hex(member.SigningPrivate + member.AgreementPrivate + member.PublicKey));
    }

    public MemberIdentity Identity(string name) => MemberIdentity.Import(VectorFile.Hex(Members.Single(vector => vector.Name == name).PublicKey));
}

internal sealed record KeyVector(string Key, int Epoch, Dictionary<string, string> Purposes);

internal sealed record OwnerVector(string Secret, string Key, string Wrap, string WrapCommitment);

internal sealed record MemberVector(string Name, string SigningPrivate, string AgreementPrivate, string PublicKey, string Id);

internal sealed record EnvelopeVector(
    string Name,
    string Room,
    int Epoch,
    string Key,
    string Field,
    string Item,
    long Version,
    string? Author,
    string Nonce,
    string Content,
    string AssociatedData,
    string? Signature,
    string Envelope);

internal sealed record RefusalVector(string Name, string Code, string Room, int Epoch, string Key, string Field, string Item, long Version, string? Author, string Envelope);

internal sealed record WrappedVector(string Name, string Kind, string Owner, string Room, int Epoch, string Key, string Nonce, string Wrapped);

internal sealed record RotationVector(string Room, int Epoch, string Key, string Recipient, string EphemeralPrivate, string Content);

internal sealed record LinkVector(string Link, string RoomUrl, string RoomToken, string? Algorithm, int Epoch, string? Key);
