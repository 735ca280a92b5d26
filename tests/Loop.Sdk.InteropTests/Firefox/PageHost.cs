using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.InteropTests.Firefox;

/// <summary>A page with a service worker that tells the page of each push message.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    private const string Page = """
        <!doctype html><title>push</title><script>
        const received = [], waiting = [];
        navigator.serviceWorker.addEventListener('message', event => { received.push(event.data); waiting.forEach(check => check()); });
        function until(count) { return new Promise(resolve => { const check = () => received.length >= count && resolve(JSON.stringify(received)); waiting.push(check); check(); }); }
        function clear() { received.length = 0; return 'cleared'; }
        async function subscribe(key) {
          await navigator.serviceWorker.register('/sw.js');
          const registration = await navigator.serviceWorker.ready;
          return JSON.stringify(await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key || undefined }));
        }
        async function unsubscribe() {
          const registration = await navigator.serviceWorker.ready;
          return String(await (await registration.pushManager.getSubscription()).unsubscribe());
        }
        </script>
        """;

    private const string Worker = """
        self.addEventListener('install', () => self.skipWaiting());
        self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
        let told = Promise.resolve();
        self.addEventListener('push', event => {
          const text = event.data ? event.data.text() : null;
          event.waitUntil(told = told.then(async () => {
            for (const page of await self.clients.matchAll({ includeUncontrolled: true, type: 'window' })) page.postMessage(text);
          }));
        });
        """;

    private readonly WebApplication _app;

    private PageHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<PageHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", static () => Results.Text(Page, "text/html"));
        app.MapGet("/sw.js", static () => Results.Text(Worker, "text/javascript"));
        await app.StartAsync();
        return new PageHost(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
