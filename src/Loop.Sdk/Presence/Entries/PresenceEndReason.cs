namespace Loop.Sdk.Presence;

/// <summary>Why an entry ended.</summary>
public enum PresenceEndReason
{
    /// <summary>It was left, or what allowed the client to be there ended in peace.</summary>
    Left,

    /// <summary>Somebody who may, or the host, removed the member, or its right to be there.</summary>
    Kicked,

    /// <summary>The server did not let the client enter again: <see cref="PresenceEnd.Error"/> says why.</summary>
    Refused,

    /// <summary>The channel or its presence was disposed of, or the channel closed for good.</summary>
    Closed,
}
