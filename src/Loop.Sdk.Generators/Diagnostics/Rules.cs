using Microsoft.CodeAnalysis;

namespace Loop.Sdk.Generators.Diagnostics;

/// <summary>Every diagnostic. Ids never change their meaning; <c>docs/diagnostics.md</c> explains each.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor NotPartial = Contract(
        "LOOP001", "A contract must be partial", "'{0}' must be partial, so that its contract '{1}' can be completed");

    public static readonly DiagnosticDescriptor BadContractName = Contract(
        "LOOP002", "A contract name must have the form name/version", "'{0}' is not a contract name: 1 to 128 characters of a-z 0-9 . - _ that start with a letter or digit, then '/' and a major version");

    public static readonly DiagnosticDescriptor MissingNumber = Contract(
        "LOOP003", "A contract method must have a number", "'{0}' needs a [ContractMethod(number)]: the number is what goes over the wire");

    public static readonly DiagnosticDescriptor DuplicateNumber = Contract(
        "LOOP004", "Contract method numbers must be unique", "The number {0} of '{1}' is already taken by '{2}'");

    public static readonly DiagnosticDescriptor NumberOutOfRange = Contract(
        "LOOP005", "A contract method number must be 1 to 65535", "The number {0} of '{1}' is not in 1 to 65535");

    public static readonly DiagnosticDescriptor WeightOutOfRange = Contract(
        "LOOP006", "A contract method weight must be 1 to 16", "The weight {0} of '{1}' is not in 1 to 16");

    public static readonly DiagnosticDescriptor TypeNotInContext = Contract(
        "LOOP007", "A contract's types must be in its JSON context", "'{0}' is not in the JSON context: add [JsonSerializable(typeof({0}))] to '{1}'");

    public static readonly DiagnosticDescriptor NotJsonContext = Contract(
        "LOOP008", "A contract's JSON context must be a JsonSerializerContext", "'{0}' is not a class that derives from JsonSerializerContext");

    public static readonly DiagnosticDescriptor UnsupportedMethod = Contract(
        "LOOP009", "A contract method must be plain", "'{0}' cannot be a contract method: {1}");

    public static readonly DiagnosticDescriptor UnsupportedMember = Contract(
        "LOOP010", "A contract has methods only", "'{0}' cannot be called over a channel: a contract has methods only");

    public static readonly DiagnosticDescriptor UnsupportedReturnType = Contract(
        "LOOP011", "A contract method must return a task, a stream or a feed", "'{0}' must return Task, Task<T>, IAsyncEnumerable<T> or IFeed<TSnapshot, TChange>, not '{1}'");

    public static readonly DiagnosticDescriptor TooManyRequests = Contract(
        "LOOP012", "A contract method takes one request", "'{0}' already has the request '{1}': put both in one type");

    public static readonly DiagnosticDescriptor ParameterOrder = Contract(
        "LOOP013", "A contract method takes a request, a stream and a token, in this order", "'{1}' of '{0}' is out of place: first the request, then one stream, then one CancellationToken, each optional");

    public static readonly DiagnosticDescriptor FeedParameter = Contract(
        "LOOP014", "A feed method takes a request only", "'{1}' of '{0}' has no place in a feed: it takes a request only, and tokens go to SubscribeAsync");

    public static readonly DiagnosticDescriptor NoMethods = Contract(
        "LOOP015", "A contract must have a method", "The contract '{0}' has no methods");

    public static readonly DiagnosticDescriptor UnsupportedInterface = Contract(
        "LOOP016", "A contract can be neither generic nor local to a file", "'{0}' cannot be a contract: it {1}");

    public static readonly DiagnosticDescriptor Inherits = Contract(
        "LOOP017", "A contract inherits from nothing", "'{0}' inherits from '{1}', but a contract's numbers belong to one interface: repeat the methods, or make two contracts");

    public static readonly DiagnosticDescriptor BaselineVanished = Baseline(
        "LOOP018", "A published contract method is gone", "'{0}' is in the contract baseline as '{1}' and is gone: peers still call it", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor BaselineChanged = Baseline(
        "LOOP019", "A published contract method was changed", "'{0}' breaks peers: the contract baseline says '{1}', the interface says '{2}'", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor BaselineMissing = Baseline(
        "LOOP020", "A contract method is not in the contract baseline", "'{0}' is not in the contract baseline: add the line '{1}'", DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor BaselineUnreadable = Baseline(
        "LOOP021", "A line of the contract baseline cannot be read", "'{0}' cannot be read: {1}", DiagnosticSeverity.Error);

    private const string HelpBase = "https://github.com/loop-sdk/loop-sdk/blob/main/docs/diagnostics.md#";

    private static DiagnosticDescriptor Contract(string id, string title, string message) => Create(id, title, message, "LoopContracts", DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Baseline(string id, string title, string message, DiagnosticSeverity severity) => Create(id, title, message, "LoopCompatibility", severity);

    private static DiagnosticDescriptor Create(string id, string title, string message, string category, DiagnosticSeverity severity) =>
        new(id, title, message, category, severity, isEnabledByDefault: true, helpLinkUri: HelpBase + id.ToLowerInvariant());
}
