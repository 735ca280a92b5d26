namespace Loop.Sdk.Generators.Model;

/// <summary>One method of a contract.</summary>
/// <param name="Number">The number on the wire.</param>
/// <param name="Name">The name in the interface.</param>
/// <param name="Kind">Which sides stream.</param>
/// <param name="Idempotent">Whether the call may be sent again.</param>
/// <param name="Weight">The share of the connection.</param>
/// <param name="Payloads">The types that travel, in the order in which the run-time method class takes them.</param>
/// <param name="Parameters">The parameters, in order.</param>
/// <param name="ReturnType">The return type as generated code names it.</param>
/// <param name="ReturnsPlainTask">Whether the interface promises a task without a result.</param>
internal sealed record MethodModel(
    int Number,
    string Name,
    CallKind Kind,
    bool Idempotent,
    int Weight,
    EquatableArray<PayloadModel> Payloads,
    EquatableArray<ParameterModel> Parameters,
    string ReturnType,
    bool ReturnsPlainTask)
{
    public bool Has(ParameterRole role) => Parameters.Any(parameter => parameter.Role == role);
}
