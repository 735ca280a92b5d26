namespace Loop.Sdk.Push;

/// <summary>What is kept of one subscription.</summary>
/// <param name="Name">What the application calls it.</param>
/// <param name="Channel">What the server calls it.</param>
/// <param name="Endpoint">Where is posted.</param>
/// <param name="Keys">As <see cref="WebPushKeys.Export"/> gives them.</param>
/// <param name="ApplicationServerKey">Who may post; null for everybody.</param>
internal sealed record KeptKeys(string Name, string Channel, string Endpoint, byte[] Keys, byte[]? ApplicationServerKey = null)
{
    /// <summary>Whether it can be used.</summary>
    public bool IsWhole() => Name is { Length: > 0 } && Guid.TryParseExact(Channel, "D", out var channel) && channel.ToString() == Channel && EndpointUri.TryRead(Endpoint, out _) && AreKeys();

    private bool AreKeys()
    {
        try
        {
            WebPushKeys.Import(Keys).Dispose();
            return true;
        }
        catch (LoopException)
        {
            return false;
        }
    }

    public override string ToString() => $"{nameof(KeptKeys)} {{ Name = {Name} }}";
}
