using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Loop.Sdk.WebRtc.Ice;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>
/// Finds the addresses of the <c>.local</c> names in browsers' candidates by asking the local network (RFC 6762). Answers may come to whoever asked (section 6.7) or to everybody: browsers, whose
/// names these are, do the latter, so both are listened to. A name that nobody answers for has no address, which is no error: the peer is then somewhere else. Safe for concurrent use.
/// </summary>
/// <param name="time">The clock of retries and the timeout.</param>
/// <param name="group">The group to ask; null for that of multicast DNS.</param>
internal sealed class MdnsResolver(TimeProvider time, IPEndPoint? group = null)
{
    private const int MaxAnswer = 9000;

    // Asked again after each of these, and given up after the last. Responders send a record to all at most once a second.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(1_200), TimeSpan.FromMilliseconds(1_500)];

    private readonly IPEndPoint _group = group ?? new IPEndPoint(IPAddress.Parse("224.0.0.251"), 5353);

    /// <summary>Asks for a name.</summary>
    /// <param name="name">As <see cref="Candidate.HostName"/> has it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The address, with port 0; none after three seconds without an answer, or if the machine cannot ask.</returns>
    public async Task<TransportAddress> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var asking = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var overhearing = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            asking.Bind(new IPEndPoint(IPAddress.Any, 0));
            asking.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, 255);
            var interfaces = Interfaces();
            var found = new TaskCompletionSource<TransportAddress>(TaskCreationOptions.RunContinuationsAsynchronously);
            List<Task> listening = [ListenAsync(asking, name, found, over.Token)];
            if (TryJoin(overhearing, interfaces))
            {
                listening.Add(ListenAsync(overhearing, name, found, over.Token));
            }

            await AskAsync(asking, interfaces, name, found.Task, over.Token).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(listening).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return found.Task.IsCompleted ? await found.Task.ConfigureAwait(false) : default;
        }
        catch (SocketException)
        {
            return default;
        }
    }

    private async Task AskAsync(Socket socket, List<int> interfaces, string name, Task found, CancellationToken cancellationToken)
    {
        foreach (var wait in Waits)
        {
            Ask(socket, interfaces, name, isV6: false);
            Ask(socket, interfaces, name, isV6: true);
            using var pausing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(found, Task.Delay(wait, time, pausing.Token)).ConfigureAwait(false);
            await pausing.CancelAsync().ConfigureAwait(false);
            if (found.IsCompleted || cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Ask(Socket socket, List<int> interfaces, string name, bool isV6)
    {
        Span<byte> query = stackalloc byte[MdnsMessage.MaxQuery];
        query = query[..MdnsMessage.WriteQuery(query, name, isV6)];
        foreach (var index in interfaces)
        {
            try
            {
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(index));
                socket.SendTo(query, _group);
            }
            catch (SocketException)
            {
                // An interface without multicast.
            }
        }
    }

    // What is sent to the group: beside responders of this machine, and not in place of them, so it is bound to the group's address.
    private bool TryJoin(Socket socket, List<int> interfaces)
    {
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(_group);
        }
        catch (SocketException)
        {
            return false;
        }

        foreach (var index in interfaces)
        {
            try
            {
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(_group.Address, index));
            }
            catch (SocketException)
            {
                // An interface without multicast.
            }
        }

        return true;
    }

    private static async Task ListenAsync(Socket socket, string name, TaskCompletionSource<TransportAddress> found, CancellationToken cancellationToken)
    {
        var answer = new byte[MaxAnswer];
        var from = new SocketAddress(AddressFamily.InterNetwork);
        try
        {
            while (!found.Task.IsCompleted)
            {
                var length = await socket.ReceiveFromAsync(answer, SocketFlags.None, from, cancellationToken).ConfigureAwait(false);
                if (MdnsMessage.TryReadAnswer(answer.AsSpan(0, length), name, out var address))
                {
                    found.TrySetResult(address);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Whoever asks gives up by itself.
        }
    }

    private static List<int> Interfaces()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .Where(static network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown && network.Supports(NetworkInterfaceComponent.IPv4))
                    .Select(static network => network.GetIPProperties().GetIPv4Properties().Index),
            ];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}
