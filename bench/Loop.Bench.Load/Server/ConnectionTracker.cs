using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Loop.Bench.Load.Server;

/// <summary>Knows every TCP connection, so that all targets are cut alike: below the WebSocket and without a goodbye.</summary>
internal sealed class ConnectionTracker
{
    private readonly ConcurrentDictionary<string, ConnectionContext> _connections = new();

    public async Task TrackAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        _connections[connection.ConnectionId] = connection;
        try
        {
            await next(connection);
        }
        finally
        {
            _connections.TryRemove(connection.ConnectionId, out _);
        }
    }

    /// <summary>Takes a connection out of the next cut: the control client's own.</summary>
    public void Spare(string connectionId) => _connections.TryRemove(connectionId, out _);

    public int CutAll()
    {
        var count = 0;
        foreach (var connection in _connections.Values)
        {
            connection.Abort(new ConnectionAbortedException("Cut by the bench."));
            count++;
        }

        return count;
    }
}
