using Microsoft.Extensions.Logging;

namespace Loop.Sdk.Testing.Tests.Rooms.Simulation;

/// <summary>Puts what rooms log into the trace of a schedule.</summary>
internal sealed class SimLogs : ILoggerFactory, ILogger
{
    public Action<string>? Note { get; set; }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Note?.Invoke($"log: {formatter(state, exception)} {exception?.Message}");

    public void Dispose()
    {
    }
}
