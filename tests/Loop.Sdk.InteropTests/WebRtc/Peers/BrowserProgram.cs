using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.InteropTests.WebRtc.Peers;

/// <summary>A real browser without a window, on a page that makes peers.</summary>
internal sealed class BrowserProgram : PeerProgram
{
    private const string Page = """<!doctype html><title>peers</title><script type="module" src="/page.js"></script>""";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _profile = Directory.CreateTempSubdirectory("loop-browser-").FullName;
    private readonly TaskCompletionSource<WebSocket> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private WebApplication _app = null!;
    private Process? _process;
    private WebSocket _socket = null!;

    public static string? Chromium { get; } = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    public static string? Firefox { get; } = new[] { "/usr/bin/firefox-esr", "/usr/bin/firefox" }.FirstOrDefault(File.Exists);

    /// <summary>Starts Chromium.</summary>
    /// <param name="hides">Whether it hides its addresses behind names, as it does for pages that nobody has allowed to use a microphone.</param>
    public static Task<PeerProgram> StartChromiumAsync(bool hides = false) => StartAsync(
        Chromium!,
        hides,
        profile =>
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            $"--user-data-dir={profile}",
            .. hides ? (string[])[] : ["--allow-loopback-in-peer-connection", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--disable-features=WebRtcHideLocalIpsWithMdns"],
        ]);

    public static Task<PeerProgram> StartFirefoxAsync() => StartAsync(Firefox!, hides: false, static profile =>
    {
        File.WriteAllText(Path.Combine(profile, "user.js"), """
            user_pref("media.peerconnection.ice.loopback", true);
            user_pref("media.peerconnection.ice.obfuscate_host_addresses", false);
            user_pref("permissions.default.microphone", 1);
            user_pref("permissions.default.camera", 1);
            user_pref("media.navigator.permission.disabled", true);
            user_pref("media.navigator.streams.fake", true);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("app.normandy.enabled", false);
            user_pref("browser.aboutwelcome.enabled", false);
            user_pref("browser.shell.checkDefaultBrowser", false);
            """);
        return ["--headless", "--no-remote", "--profile", profile];
    });

    public override async Task KillAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    protected override async Task SendAsync(string message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    protected override async ValueTask ReleaseAsync()
    {
        _process?.Dispose();
        await _app.DisposeAsync();
        _sending.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A helper process of the browser is still writing.
        }
    }

    private static async Task<PeerProgram> StartAsync(string executable, bool hides, Func<string, IReadOnlyList<string>> arguments)
    {
        var browser = new BrowserProgram();
        try
        {
            await browser.OpenAsync(executable, hides ? "/?hide" : "/", arguments(browser._profile));
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    private async Task OpenAsync(string executable, string page, IReadOnlyList<string> arguments)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapGet("/", static () => Results.Text(Page, "text/html"));
        _app.MapGet("/page.js", static () => Results.Text(PeerScripts.Read("page.js"), "text/javascript"));
        _app.MapGet("/peers.js", static () => Results.Text(PeerScripts.Read("peers.js"), "text/javascript"));
        _app.Map("/peers", ServeAsync);
        await _app.StartAsync();
        var start = new ProcessStartInfo(executable, [.. arguments, _app.Urls.First() + page])
        {
            Environment = { ["HOME"] = _profile, ["MOZ_HEADLESS"] = "1" },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _socket = await _connected.Task.WaitAsync(Patience);
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        _connected.TrySetResult(socket);
        var buffer = new ArraySegment<byte>(new byte[1024 * 1024]);
        var length = 0;
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer[length..], context.RequestAborted);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                length += result.Count;
                if (result.EndOfMessage)
                {
                    Take(Encoding.UTF8.GetString(buffer[..length]));
                    length = 0;
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The browser is gone.
        }
    }
}
