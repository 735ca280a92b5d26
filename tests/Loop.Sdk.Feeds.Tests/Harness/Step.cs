namespace Loop.Sdk.Feeds.Tests.Harness;

/// <summary>One change of a tally. Counts how often it was serialised.</summary>
public sealed class Step
{
    private readonly int _number;
    private int _reads;

    public int Number
    {
        get
        {
            Interlocked.Increment(ref _reads);
            return _number;
        }

        init => _number = value;
    }

    public string Padding { get; init; } = "";

    public int Serialised() => _reads;

    /// <summary>The number, without being counted.</summary>
    public int Peek() => _number;
}
