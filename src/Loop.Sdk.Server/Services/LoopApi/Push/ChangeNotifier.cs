using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Loop.Sdk.Server.Push;
using Loop.Sdk.Server.Rooms;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.Options;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>
/// Wakes clients by SimplePush: <c>PUT version=…</c> to each of a user's addresses for each change, whichever side made it. Nobody waits for that, nothing is repeated, and what is too much is
/// left out: clients that come back ask for what changed since they were there.
/// </summary>
internal sealed class ChangeNotifier : IOwnerObserver, IAsyncDisposable
{
    private readonly ILoopApiStorage _storage;
    private readonly LoopHttpApiOptions _options;
    private readonly TimeProvider _time;
    private readonly PushAddresses _addresses;
    private readonly LoopApiMetrics _metrics;
    private readonly LoopApiLog _log;
    private readonly HttpMessageInvoker _http;
    private readonly SemaphoreSlim _places;
    private readonly Channel<ChangeNotice> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public ChangeNotifier(ILoopApiStorage storage, PushAddresses addresses, IOptions<LoopHttpApiOptions> options, TimeProvider time, LoopApiMetrics metrics, LoopApiLog log)
    {
        _storage = storage;
        _addresses = addresses;
        _options = options.Value;
        _time = time;
        _metrics = metrics;
        _log = log;
        _http = new HttpMessageInvoker(PublicNetwork.CreateHandler(_options.AllowPrivateNetworks));
        _places = new SemaphoreSlim(_options.MaxPushesAtOnce);
        _waiting = Channel.CreateBounded<ChangeNotice>(new BoundedChannelOptions(_options.MaxWaitingPushes) { SingleReader = true });
        _running = Task.Run(RunAsync);
    }

    public void Changed(string owner, long at) => Notify(owner, PushTopics.Rooms, at);

    /// <summary>Something of a user changed.</summary>
    public void Notify(string user, string topic, long at)
    {
        if (!_waiting.Writer.TryWrite(new ChangeNotice(user, topic, at / 1000)) && !_stop.IsCancellationRequested)
        {
            _metrics.Pushed("dropped");
            _log.PushDropped();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
    }

    private async Task RunAsync()
    {
        await foreach (var notice in _waiting.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
        {
            try
            {
                await PushAsync(notice).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A store that fails costs one notice; it is not the end of all others.
            catch (Exception exception) when (!_stop.IsCancellationRequested)
#pragma warning restore CA1031
            {
                _metrics.Pushed("failed");
                _log.PushFailed(exception);
            }
        }
    }

    private async Task PushAsync(ChangeNotice notice)
    {
        var urls = await _addresses.ListAsync(notice.User, notice.Topic, _stop.Token).ConfigureAwait(false);
        if (urls.Count == 0)
        {
            return;
        }

        var version = await _storage.AdvanceAsync(notice.User, notice.Second, _stop.Token).ConfigureAwait(false);
        foreach (var url in urls)
        {
            await _places.WaitAsync(_stop.Token).ConfigureAwait(false);
            _ = SendAsync(url, version.Version);
        }
    }

    private async Task SendAsync(string url, long version)
    {
        var outcome = "failed";
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, url)
            {
                Content = new FormUrlEncodedContent([KeyValuePair.Create("version", version.ToString(CultureInfo.InvariantCulture))]),
                Version = HttpVersion.Version11,
            };
            using var patience = new CancellationTokenSource(_options.PushTimeout, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stop.Token);
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            outcome = response.IsSuccessStatusCode ? "sent" : "refused";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or LoopException or ObjectDisposedException or UriFormatException)
        {
            // The address is the client's own: what is wrong with it is nobody's concern.
        }
        finally
        {
            _places.Release();
            _metrics.Pushed(outcome);
            _log.Pushed(outcome);
        }
    }
}
