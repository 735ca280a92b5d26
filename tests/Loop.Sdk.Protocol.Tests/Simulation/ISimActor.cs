using Loop.Sdk.Harness;

namespace Loop.Sdk.Simulation;

/// <summary>One end of one stream: it sends, consumes and gives up, a step at a time.</summary>
internal interface ISimActor
{
    /// <summary>Does one thing. False if there is nothing that it could do now.</summary>
    bool Step(SeededRandom random);

    /// <summary>Ends the stream ahead of its time.</summary>
    void GiveUp(SeededRandom random);

    /// <summary>Checks what the stream promised, when nothing more can happen.</summary>
    void Verify(bool lost);
}
