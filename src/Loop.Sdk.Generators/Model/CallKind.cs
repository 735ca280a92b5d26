namespace Loop.Sdk.Generators.Model;

/// <summary>Which sides of a method's stream carry more than one message.</summary>
internal enum CallKind
{
    Unary,
    ServerStream,
    ClientStream,
    Duplex,
    Feed,
}
