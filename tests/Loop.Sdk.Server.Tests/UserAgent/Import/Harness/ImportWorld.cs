using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Storage;
using Loop.Sdk.Server.UserAgent;
using Loop.Sdk.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.Tests.UserAgent.Import.Harness;

/// <summary>An importer on a file.</summary>
internal sealed class ImportWorld : IAsyncDisposable
{
    public const string Account = "ada";

    private readonly SqliteFolder _folder = new();

    public ImportWorld(UserAgentOptions? options = null, string? database = null)
    {
        Database = SqliteFolder.Open(new SqliteStorageOptions { Path = database ?? _folder.File });
        Store = new SqliteUserAgentStorage(Database);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var core = new UserAgentCore(Store, Options.Create(options ?? new()), new FakeClock(), new UserAgentMetrics(meters), NullLogger<UserAgentCore>.Instance);
        Importer = new UserAgentImporter(core);
    }

    public SqliteDatabase Database { get; }

    public IUserAgentStorage Store { get; }

    public IUserAgentImporter Importer { get; }

    public Task<UserAgentImportResult> ImportAsync(byte[] html) => Importer.ImportBookmarksAsync(Account, new MemoryStream(html));

    public Task<UserAgentImportResult> ImportAsync(string html) => ImportAsync(Encoding.UTF8.GetBytes(html));

    /// <summary>Imports bytes as a file of Firefox.</summary>
    public async Task<UserAgentImportResult> ImportFirefoxAsync(byte[] bytes, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(Path.GetDirectoryName(_folder.File)!, "import.sqlite");
        await File.WriteAllBytesAsync(path, bytes, CancellationToken.None);
        return await Importer.ImportFirefoxAsync(Account, path, null, cancellationToken);
    }

    /// <summary>Everything that the account has, with the offsets of changes.</summary>
    public async Task<string> ReadAllAsync()
    {
        var visited = await Store.ListVisitedAsync(Account, null, UserAgentStorageLimits.MaxItems, CancellationToken.None);
        var stars = await Store.ReadStarsAsync(Account, 0, UserAgentStorageLimits.MaxItems, CancellationToken.None);
        return JsonSerializer.Serialize(new { visited.Items, Stars = stars.Items, stars.Offset });
    }

    /// <summary>The starred addresses with their titles and times after <see cref="PlacesMaker.Time"/>.</summary>
    public async Task<string> StarsAsync() => string.Join(
        ' ', (await Store.ReadStarsAsync(Account, 0, 100, CancellationToken.None)).Items.Select(static star => $"{star.Url}:{star.Title}:{star.StarredAt - PlacesMaker.Time}"));

    /// <summary>That an import fails, and leaves everything as it was.</summary>
    public async Task<LoopException> RefusedAsync(Func<Task> import, string code = ErrorCodes.InvalidImport)
    {
        var before = await ReadAllAsync();
        var error = await Assert.ThrowsExactlyAsync<LoopException>(import);
        Assert.AreEqual(code, error.Code, error.Message);
        Assert.AreEqual(before, await ReadAllAsync());
        return error;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }
}
