using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Loop.Sdk.Server;
using Loop.Sdk.Server.UserAgent;

namespace UserAgentService.Import;

/// <summary>Runs imports for a session, and tells it how far they are.</summary>
internal sealed class ImportHandler(LoopSession session) : IImport
{
    public async IAsyncEnumerable<ImportStep> ImportAsync(ImportFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var progress = new Steps();
        var import = ImportAsync(file.Path, progress, cancellationToken);
        await foreach (var step in progress.Reader.ReadAllAsync(cancellationToken))
        {
            yield return new ImportStep($"{step.Done} of {step.Total} places");
        }

        var result = await import;
        yield return new ImportStep($"added {result.Places} places, {result.Visits} visits and {result.Stars} stars; {result.Skipped} could not be kept");
    }

    private async Task<UserAgentImportResult> ImportAsync(string path, Steps progress, CancellationToken cancellationToken)
    {
        var importer = session.Services.GetRequiredService<IUserAgentImporter>();
        try
        {
            if (!path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            {
                return await importer.ImportFirefoxAsync(session.PrincipalId, path, progress, cancellationToken);
            }

            await using var html = File.OpenRead(path);
            return await importer.ImportBookmarksAsync(session.PrincipalId, html, progress, cancellationToken);
        }
        finally
        {
            progress.End();
        }
    }

    /// <summary>Only the newest step matters to who is slow.</summary>
    private sealed class Steps : IProgress<UserAgentImportProgress>
    {
        private readonly Channel<UserAgentImportProgress> _steps =
            Channel.CreateBounded<UserAgentImportProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

        public ChannelReader<UserAgentImportProgress> Reader => _steps.Reader;

        public void Report(UserAgentImportProgress value) => _steps.Writer.TryWrite(value);

        public void End() => _steps.Writer.TryComplete();
    }
}
