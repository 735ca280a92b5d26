using System.Text.Json;

namespace Loop.Sdk.Push;

/// <summary>What a key store keeps.</summary>
internal sealed record PushKeyDocument
{
    public const int CurrentVersion = 1;

    /// <summary>Longer than what any server calls an agent, or its secret.</summary>
    public const int MaxIdentity = 256;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>The agent's id; null before the first hello.</summary>
    public string? Agent { get; init; }

    public string? Secret { get; init; }

    public IReadOnlyList<KeptKeys> Subscriptions { get; init; } = [];

    /// <exception cref="LoopException"><c>store_too_new</c>, <c>store_damaged</c>.</exception>
    public static PushKeyDocument Read(ReadOnlySpan<byte> bytes)
    {
        PushKeyDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(bytes, PushKeyJson.Default.PushKeyDocument);
        }
        catch (JsonException exception)
        {
            throw new LoopException(ErrorCodes.StoreDamaged, "What was kept of push keys cannot be read. It was left as it is.", exception);
        }

        if (document is { Version: > CurrentVersion })
        {
            throw new LoopException(ErrorCodes.StoreTooNew, $"Push keys were kept by a newer version of the software, in format {document.Version}. They were left as they are.");
        }

        // What a file does not have is null, whatever it is in a new document.
        return document is { Version: CurrentVersion, Agent: null or { Length: <= MaxIdentity }, Secret: null or { Length: <= MaxIdentity }, Subscriptions: not null }
            && document.Subscriptions.All(static keys => keys?.IsWhole() is true)
            && AreDistinct(document.Subscriptions, static keys => keys.Name) && AreDistinct(document.Subscriptions, static keys => keys.Channel)
            ? document
            : throw new LoopException(ErrorCodes.StoreDamaged, "What was kept of push keys is not whole. It was left as it is.");
    }

    private static bool AreDistinct(IReadOnlyList<KeptKeys> subscriptions, Func<KeptKeys, string> by) => subscriptions.DistinctBy(by).Count() == subscriptions.Count;

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, PushKeyJson.Default.PushKeyDocument);

    public override string ToString() => $"{nameof(PushKeyDocument)} {{ Agent = {Agent}, Subscriptions = {Subscriptions.Count} }}";
}
