namespace Loop.Sdk.Cryptography;

/// <summary>What a wrapped key is, as its second byte says.</summary>
internal enum WrappedKind : byte
{
    Room = 1,
    Member = 2,
}
