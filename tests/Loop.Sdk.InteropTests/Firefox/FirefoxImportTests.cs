using Loop.Sdk.InteropTests.Harness;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.UserAgent;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.InteropTests.Firefox;

/// <summary>The history of an unmodified Firefox, imported while it runs and holds the file.</summary>
[TestClass]
[DoNotParallelize]
public sealed class FirefoxImportTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    [TestMethod]
    public async Task A_page_that_Firefox_visited_is_imported_while_it_runs()
    {
        if (FirefoxBrowser.Executable is null)
        {
            ForeignPrograms.Missing("firefox-esr");
            return;
        }

        await using var page = await PageHost.StartAsync();
        await using var browser = await FirefoxBrowser.StartAsync(new Uri("wss://localhost:1/"), page.Address);
        var services = new ServiceCollection().AddLogging();
        services.AddLoopServer().AddUserAgent();
        await using var provider = services.BuildServiceProvider();
        var importer = provider.GetRequiredService<IUserAgentImporter>();

        // Firefox writes a visit when it has time to, and says to nobody when that was.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await ImportAsync(importer, browser, patience.Token))?.Visits is not > 0)
        {
            await Task.Delay(Pause, patience.Token);
        }

        var visited = await provider.GetRequiredService<IUserAgentStorage>().ListVisitedAsync("me", null, 10, CancellationToken.None);
        Assert.IsTrue(visited.Items.Any(place => place.Url == page.Address.AbsoluteUri && place.Title is null or "push"), string.Join(' ', visited.Items.Select(static place => place.Url)));
    }

    private static async Task<UserAgentImportResult?> ImportAsync(IUserAgentImporter importer, FirefoxBrowser browser, CancellationToken cancellationToken)
    {
        try
        {
            return await importer.ImportFirefoxAsync("me", browser.Places, null, cancellationToken);
        }
        catch (LoopException exception) when (exception.Code == ErrorCodes.InvalidImport)
        {
            // The file is not there yet, has no tables yet, or is being written to.
            return null;
        }
    }
}
