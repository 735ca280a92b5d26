namespace Loop.Sdk.WebRtc;

internal enum FileSignalKind
{
    /// <summary>From the sender: a file is there.</summary>
    Offer,

    /// <summary>From the receiver: it is to come.</summary>
    Accept,

    /// <summary>From the receiver: so much was taken in.</summary>
    Progress,

    /// <summary>From the sender: everything was sent.</summary>
    End,

    /// <summary>From the receiver: it is whole.</summary>
    Done,

    /// <summary>From either: it is over.</summary>
    Cancel,
}
