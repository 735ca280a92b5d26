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
    private string? _unconfirmed;

    /// <summary>The secret of the first welcome.</summary>
    public string Start()
    {
        _current = SecretHash.New(out var secret);
        return secret;
    }

    /// <summary>The secret of the next welcome, for a client that presented an accepted one.</summary>
    public string Rotate(in SecretHash presented)
    {
        // Two attempts of one client may overtake each other. Who presents the previous secret gets the one that the other attempt got, and may already have read.
        if (_unconfirmed is { } unconfirmed && !_current.Matches(presented))
        {
            return unconfirmed;
        }

        _previous = presented;
        _hasPrevious = true;
        _current = SecretHash.New(out var secret);
        return _unconfirmed = secret;
    }

    /// <summary>The client has read the last welcome.</summary>
    public void Confirm()
    {
        _hasPrevious = false;
        _unconfirmed = null;
    }

    public readonly bool Accepts(in SecretHash presented) => _current.Matches(presented) | (_hasPrevious && _previous.Matches(presented));
}
