namespace Loop.Sdk.Server.Push;

/// <summary>A browser's identity: what it calls its uaid is an id, and a secret of which the server keeps a hash only.</summary>
internal sealed class MozillaAgent
{
    private MozillaAgent(string id, string secret) => (Id, Secret) = (id, secret);

    public string Id { get; }

    public string Secret { get; }

    public string Uaid => Id + Secret;

    public static MozillaAgent New() => new(PushId.New(), PushId.NewSecret());

    /// <summary>Null for what we never gave out.</summary>
    public static MozillaAgent? Parse(string? uaid) =>
        uaid is { Length: PushId.Length + PushId.SecretLength } && PushId.IsId(uaid[..PushId.Length]) && PushId.IsSecret(uaid[PushId.Length..])
            ? new(uaid[..PushId.Length], uaid[PushId.Length..])
            : null;
}
