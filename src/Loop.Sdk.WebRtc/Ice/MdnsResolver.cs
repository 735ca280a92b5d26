using System.Net;
using System.Net.Sockets;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Ice;

/// <summary>
/// Finds the addresses of the <c>.local</c> names in browsers' candidates by asking the local network (RFC 6762, section 5.1). A name that nobody answers for has no address, which is no error: the
/// peer is then somewhere else. Safe for concurrent use; the number of questions at a time is bounded, further ones have no answer.
/// </summary>
/// <param name="time">The clock of retries and the timeout.</param>
/// <param name="group">Whom to ask; null for the group of multicast DNS.</param>
internal sealed class MdnsResolver(TimeProvider time, IPEndPoint? group = null)
{
    private const int MaxQuestions = 16;
    private const int MaxAnswer = 1500;

    // Asked again after each of these, and given up after the last.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(2)];

    private readonly IPEndPoint _group = group ?? new IPEndPoint(IPAddress.Parse("224.0.0.251"), 5353);
    private int _questions;

    /// <summary>Asks for a name.</summary>
    /// <param name="name">As <see cref="Candidate.HostName"/> has it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The address, with port 0; none after three seconds without an answer, or if the machine cannot ask.</returns>
    public async Task<TransportAddress> ResolveAsync(string name, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _questions) > MaxQuestions)
        {
            Interlocked.Decrement(ref _questions);
            return default;
        }

        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            return await AskAsync(socket, name, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return default;
        }
        finally
        {
            Interlocked.Decrement(ref _questions);
        }
    }

    private async Task<TransportAddress> AskAsync(Socket socket, string name, CancellationToken cancellationToken)
    {
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        var query = new byte[MdnsMessage.MaxQuery];
        var length = MdnsMessage.WriteQuery(query, name);
        var answer = ListenAsync(socket, name, cancellationToken);
        foreach (var wait in Waits)
        {
            await socket.SendToAsync(query.AsMemory(0, length), _group, cancellationToken).ConfigureAwait(false);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pause = Task.Delay(wait, time, stop.Token);
            if (await Task.WhenAny(answer, pause).ConfigureAwait(false) == answer)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                return await answer.ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        // Closing the socket ends the listener.
        socket.Dispose();
        return await answer.ConfigureAwait(false);
    }

    private static async Task<TransportAddress> ListenAsync(Socket socket, string name, CancellationToken cancellationToken)
    {
        var answer = new byte[MaxAnswer];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        try
        {
            while (true)
            {
                var length = await socket.ReceiveFromAsync(answer, SocketFlags.None, from, cancellationToken).ConfigureAwait(false);
                if (MdnsMessage.TryReadAnswer(answer.AsSpan(0, length), name, out var address))
                {
                    return address;
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return default;
        }
    }
}
