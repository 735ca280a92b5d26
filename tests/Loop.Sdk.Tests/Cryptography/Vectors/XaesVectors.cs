namespace Loop.Sdk.Cryptography.Vectors;

internal sealed record XaesVectors(XaesVector[] Vectors, XaesAccumulatedVector[] Accumulated);

internal sealed record XaesVector(string Key, string Nonce, string Plaintext, string AssociatedData, string Ciphertext);

internal sealed record XaesAccumulatedVector(int Iterations, string Hash);

internal sealed record HpkeVector(
    string Info,
    string RecipientPrivate,
    string RecipientPublic,
    string EphemeralPrivate,
    string Encapsulated,
    string AssociatedData,
    string Plaintext,
    string Ciphertext);
