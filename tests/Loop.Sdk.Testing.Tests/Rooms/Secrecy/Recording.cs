using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Testing.Tests.Rooms.Secrecy;

/// <summary>Everything that leaves the clients or is said about them: messages of the socket, logs of both ends, traces and metrics.</summary>
internal sealed class Recording : ILoggerProvider, ILogger, IHttpWebSocketFeature
{
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();
    private readonly IHttpWebSocketFeature? _real;
    private readonly ConcurrentQueue<(string Where, byte[] Bytes)> _said;

    public Recording()
    {
        _said = new();
        _activities = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Add("trace", string.Join(
                '\n', [activity.DisplayName, .. activity.TagObjects.Select(Text), .. activity.Events.Select(static @event => @event.Name), .. activity.Events.SelectMany(static @event => @event.Tags).Select(Text), .. activity.Baggage.Select(static item => item.Value ?? "")])),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.Start();
    }

    private Recording(Recording shared, IHttpWebSocketFeature real)
    {
        (_said, _activities, _meters, _real) = (shared._said, shared._activities, shared._meters, real);
    }

    public bool IsWebSocketRequest => _real!.IsWebSocketRequest;

    public IEnumerable<(string Where, byte[] Bytes)> Said => _said;

    public void Add(string where, byte[] bytes) => _said.Enqueue((where, bytes));

    public void Add(string where, string text) => Add(where, Encoding.UTF8.GetBytes(text));

    /// <summary>The same for one request, whose socket is recorded.</summary>
    public IHttpWebSocketFeature Of(IHttpWebSocketFeature real) => new Recording(this, real);

    public async Task<WebSocket> AcceptAsync(Microsoft.AspNetCore.Http.WebSocketAcceptContext context) => new RecordedSocket(await _real!.AcceptAsync(context), this);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Add("log", state.ToString() ?? "");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join('\n', pairs.Select(Text)) : "";
        Add("log", $"{formatter(state, exception)}\n{values}\n{exception}");
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private static string Text(KeyValuePair<string, object?> tag) => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}");

    private void Measured(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder(instrument.Name);
        foreach (var tag in tags)
        {
            text.Append('\n').Append(Text(tag));
        }

        Add("metric", text.ToString());
    }
}
