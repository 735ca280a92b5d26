using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.InteropTests.WebRtc.Peers;

/// <summary>Keeps what an engine warns of.</summary>
internal sealed class WarningLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _warnings = new();

    public IReadOnlyCollection<string> Warnings => _warnings;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _warnings.Enqueue(formatter(state, exception));

    public void Dispose()
    {
    }
}
