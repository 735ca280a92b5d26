using Loop.Sdk.Contracts;

namespace UserAgentService.Import;

/// <summary>Lets a window on the same machine have another browser's history imported. A contract of the application's own, beside that of user agents.</summary>
[Contract("sample.import/1", typeof(ImportJson))]
public partial interface IImport
{
    /// <summary>Imports a file of the service's machine: a <c>places.sqlite</c>, or bookmarks in HTML. What it says last is what was added.</summary>
    [ContractMethod(1)]
    IAsyncEnumerable<ImportStep> ImportAsync(ImportFile file, CancellationToken cancellationToken = default);
}
