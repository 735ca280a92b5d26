using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Loop.Sdk.InteropTests.Firefox;

/// <summary>A real Firefox without a window, with a profile of its own, whose push service is the one under test.</summary>
internal sealed partial class FirefoxBrowser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _profile = Directory.CreateTempSubdirectory("loop-firefox-").FullName;
    private Process _process = null!;
    private BidiClient _bidi = null!;
    private string _context = null!;

    /// <summary>Where Firefox is; null if it is not installed.</summary>
    public static string? Executable { get; } = new[] { "/usr/bin/firefox-esr", "/usr/bin/firefox" }.FirstOrDefault(File.Exists);

    /// <summary>Where it keeps places.</summary>
    public string Places => Path.Combine(_profile, "places.sqlite");

    /// <param name="pushService">What <c>dom.push.serverURL</c> is set to.</param>
    /// <param name="page">The page to be on, whose origin may receive push messages.</param>
    public static async Task<FirefoxBrowser> StartAsync(Uri pushService, Uri page)
    {
        var browser = new FirefoxBrowser();
        try
        {
            await browser.OpenAsync(pushService, page);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a script on the page and gives what its promise gives, a string.</summary>
    public async Task<string> RunAsync(string script)
    {
        using var patience = new CancellationTokenSource(Patience);
        var result = await _bidi.CommandAsync(
            "script.evaluate",
            new JsonObject
            {
                ["expression"] = script,
                ["target"] = new JsonObject { ["context"] = _context },
                ["awaitPromise"] = true,
                ["userActivation"] = true,
            },
            patience.Token);
        return result.GetProperty("type").GetString() == "success" ? result.GetProperty("result").GetProperty("value").ToString() : throw new InvalidOperationException($"{script}: {result}");
    }

    public async ValueTask DisposeAsync()
    {
        _bidi?.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    [GeneratedRegex(@"WebDriver BiDi listening on (ws://\S+)")]
    private static partial Regex Listening { get; }

    private async Task OpenAsync(Uri pushService, Uri page)
    {
        await File.WriteAllTextAsync(Path.Combine(_profile, "user.js"), Preferences(pushService));
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo(Executable!)
        {
            ArgumentList = { "--headless", "--no-remote", "--profile", _profile, "--remote-debugging-port=0", "about:blank" },
            Environment = { ["HOME"] = _profile, ["MOZ_HEADLESS"] = "1" },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (Listening.Match(line.Data ?? "") is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Groups[1].Value + "/session"));
            }
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience);
        _bidi = await BidiClient.ConnectAsync(await listening.Task.WaitAsync(patience.Token), patience.Token);
        var origin = page.GetLeftPart(UriPartial.Authority);
        await _bidi.CommandAsync(
            "permissions.setPermission",
            new JsonObject { ["descriptor"] = new JsonObject { ["name"] = "notifications" }, ["state"] = "granted", ["origin"] = origin },
            patience.Token);
        var tree = await _bidi.CommandAsync("browsingContext.getTree", [], patience.Token);
        _context = tree.GetProperty("contexts")[0].GetProperty("context").GetString()!;
        await _bidi.CommandAsync(
            "browsingContext.navigate", new JsonObject { ["context"] = _context, ["url"] = page.AbsoluteUri, ["wait"] = "complete" }, patience.Token);
    }

    // The remote agent would switch push off, unless the profile says that it is on; messages without a visible notification cost quota.
    private static string Preferences(Uri pushService) => $"""
        user_pref("dom.push.serverURL", "{pushService.AbsoluteUri}");
        user_pref("dom.push.testing.allowInsecureServerURL", true);
        user_pref("dom.push.connection.enabled", true);
        user_pref("dom.push.maxQuotaPerSubscription", 100000);
        user_pref("dom.push.retryBaseInterval", 200);
        user_pref("datareporting.policy.dataSubmissionEnabled", false);
        user_pref("app.normandy.enabled", false);
        user_pref("browser.aboutwelcome.enabled", false);
        user_pref("browser.shell.checkDefaultBrowser", false);
        """;
}
