namespace Loop.Sdk.Server;

/// <summary>
/// The secrets with which a session can be resumed. Every welcome brings a new one; since a welcome can get lost, the one that it replaces stays valid until the
/// client has been heard on the new connection, which proves that it has read the welcome. Whatever is older is refused.
/// </summary>
internal struct ResumeKeys
{
    private SecretHash _current;
    private SecretHash _previous;
    private bool _hasPrevious;

    /// <summary>The secret of the first welcome.</summary>
    public string Start()
    {
        _current = SecretHash.New(out var secret);
        return secret;
    }

    /// <summary>The secret of the next welcome. The client is known to hold <paramref name="presented"/>, and nothing newer.</summary>
    public string Rotate(in SecretHash presented)
    {
        _previous = presented;
        _hasPrevious = true;
        _current = SecretHash.New(out var secret);
        return secret;
    }

    /// <summary>The client has read the last welcome.</summary>
    public void Confirm() => _hasPrevious = false;

    public readonly bool Accepts(in SecretHash presented) => _current.Matches(presented) | (_hasPrevious && _previous.Matches(presented));
}
