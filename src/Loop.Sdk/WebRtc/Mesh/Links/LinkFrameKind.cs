namespace Loop.Sdk.WebRtc;

internal enum LinkFrameKind : byte
{
    /// <summary>The first on each transport: how many messages the sender has received over all of them.</summary>
    Resume = 0,

    /// <summary>A message, which is kept until it is acknowledged.</summary>
    Message = 1,

    /// <summary>How many messages were received.</summary>
    Acknowledge = 2,

    /// <summary>A message that is not worth keeping.</summary>
    Passing = 3,

    /// <summary>The sender leaves the mesh.</summary>
    Bye = 4,
}
