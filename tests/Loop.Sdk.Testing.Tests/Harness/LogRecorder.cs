using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Testing.Tests.Harness;

/// <summary>Keeps the failures of handlers that a client logs.</summary>
internal sealed class LogRecorder : ILoggerFactory, ILogger
{
    public Events<(LogLevel Level, Exception? Exception)> Failures { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "HandlerFailed")
        {
            Failures.Add((logLevel, exception));
        }
    }

    public void Dispose()
    {
    }
}
