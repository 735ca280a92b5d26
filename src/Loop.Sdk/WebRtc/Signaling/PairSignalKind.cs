namespace Loop.Sdk.WebRtc;

/// <summary>What a sealed signal is.</summary>
internal enum PairSignalKind
{
    /// <summary>Who is there, and at which attempt to connect.</summary>
    Hello,

    /// <summary>A description of the offering end.</summary>
    Offer,

    /// <summary>A description of the answering end.</summary>
    Answer,

    /// <summary>An address of the sender.</summary>
    Candidate,

    /// <summary>The sender wants frames to go over the server, under a link that it names.</summary>
    Relay,

    /// <summary>The sender leaves the mesh.</summary>
    Bye,
}
