using Loop.Sdk.Generators.Model;

namespace Loop.Sdk.Generators.Baseline;

/// <summary>How a baseline writes a method: <c>demo.notes/1 1 GetAsync unary NoteId -> Note</c>.</summary>
internal static class BaselineFormat
{
    private static readonly Dictionary<CallKind, string> Kinds = new()
    {
        [CallKind.Unary] = "unary",
        [CallKind.ServerStream] = "server-stream",
        [CallKind.ClientStream] = "client-stream",
        [CallKind.Duplex] = "duplex",
        [CallKind.Feed] = "feed",
    };

    public static bool IsKind(string text) => Kinds.ContainsValue(text);

    public static string Line(string contract, int number, string method, string signature) => $"{contract} {Text.Of(number)} {method} {signature}";

    public static string Signature(MethodModel method)
    {
        var names = method.Payloads.Select(payload => payload.ShortName).ToArray();
        var types = method.Kind switch
        {
            CallKind.Unary => $"{names[0]} -> {names[1]}",
            CallKind.ServerStream => $"{names[0]} -> stream {names[1]}",
            CallKind.ClientStream => $"{names[0]} + stream {names[1]} -> {names[2]}",
            CallKind.Duplex => $"{names[0]} + stream {names[1]} -> stream {names[2]}",
            _ => $"{names[0]} -> {names[1]} + {names[2]}",
        };
        return $"{Kinds[method.Kind]} {types}";
    }
}
