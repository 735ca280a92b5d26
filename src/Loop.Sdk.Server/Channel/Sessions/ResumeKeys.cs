namespace Loop.Sdk.Server;

/// <summary>
/// The secrets with which a session can be resumed. Every welcome brings a new one; since a welcome can get lost, the one that it replaces stays valid until the
/// client has been heard on the new connection, which proves that it has read the welcome. Whatever is older is refused. An instance never changes, so that an
/// attempt to resume sees all of it or all of the next, however the two meet.
/// </summary>
internal sealed class ResumeKeys
{
    private readonly SecretHash _current;
    private readonly SecretHash _previous;
    private readonly string? _unconfirmed;

    private ResumeKeys(in SecretHash current, in SecretHash previous = default, string? unconfirmed = null) =>
        (_current, _previous, _unconfirmed) = (current, previous, unconfirmed);

    /// <summary>Whether the client may still have read only the welcome before the last.</summary>
    public bool IsUnconfirmed => _unconfirmed is not null;

    /// <summary>Makes the secret of the first welcome.</summary>
    public static ResumeKeys Start(out string secret) => new(SecretHash.New(out secret));

    /// <summary>Gives the secret of the next welcome, for a client that presented an accepted one.</summary>
    public ResumeKeys Rotate(in SecretHash presented, out string secret)
    {
        // Two attempts of one client may overtake each other. Who presents the previous secret gets the one that the other attempt got, and may already have read.
        if (_unconfirmed is { } unconfirmed && !_current.Matches(presented))
        {
            secret = unconfirmed;
            return this;
        }

        return new ResumeKeys(SecretHash.New(out secret), presented, secret);
    }

    /// <summary>The client has read the last welcome.</summary>
    public ResumeKeys Confirm() => new(_current);

    /// <summary>Whether a client that presents this secret may resume the session.</summary>
    public bool Accepts(in SecretHash presented) => _current.Matches(presented) | (IsUnconfirmed && _previous.Matches(presented));
}
