namespace Loop.Sdk.Contracts;

/// <summary>Which sides of a method's stream carry more than one message.</summary>
public enum MethodKind
{
    /// <summary>One request, one response.</summary>
    Unary,

    /// <summary>One request, a stream of items back.</summary>
    ServerStream,

    /// <summary>An optional request and a stream of items, one response.</summary>
    ClientStream,

    /// <summary>An optional request, then items both ways at once.</summary>
    Duplex,

    /// <summary>One request, a snapshot and ordered changes back, resumable by position.</summary>
    Feed,
}
