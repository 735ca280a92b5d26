using System.Net;
using System.Net.Sockets;
using Loop.Sdk.WebRtc.Stun;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>A UDP socket, with one loop that receives.</summary>
internal sealed class UdpFlow : Flow
{
    // As many as are taken under one lock, before what they led to is sent.
    private const int BatchDatagrams = 32;

    private readonly PeerDriver _driver;
    private readonly Socket _socket;
    private readonly SocketAddress _destination;
    private readonly SocketAddress _source;
    private readonly byte[] _buffer = new byte[Scratch.Size];
    private TransportAddress _lastTo;

    private UdpFlow(PeerDriver driver, int number, Socket socket)
        : base(number)
    {
        _driver = driver;
        _socket = socket;
        Local = TransportAddress.From((IPEndPoint)socket.LocalEndPoint!);
        _destination = Local.ToSocketAddress();
        _source = Local.ToSocketAddress();
    }

    public TransportAddress Local { get; }

    /// <summary>The clients of STUN and TURN servers that use this socket.</summary>
    public List<ServerClient> Clients { get; } = [];

    /// <summary>Opens a socket; null if the address cannot be used.</summary>
    public static UdpFlow? TryOpen(PeerDriver driver, int number, IPAddress address, PeerConnectionFactoryOptions options)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (TryBind(socket, address, options))
            {
                SocketTuning.Apply(socket, options.SocketBuffer);
                return new UdpFlow(driver, number, socket);
            }
        }
        catch (SocketException)
        {
        }

        socket.Dispose();
        return null;
    }

    public void Start() => _ = ReceiveAsync();

    public override void Send(ReadOnlySpan<byte> datagram, in TransportAddress to, long now)
    {
        if (to.IsV6 != Local.IsV6)
        {
            return;
        }

        if (to != _lastTo)
        {
            to.WriteTo(_destination);
            _lastTo = to;
        }

        try
        {
            _socket.SendTo(datagram, SocketFlags.None, _destination);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Too long for the path, or no way there: lost, as it could be further on.
        }
    }

    public override void Close()
    {
        _socket.Dispose();
        Clients.Clear();
    }

    private static bool TryBind(Socket socket, IPAddress address, PeerConnectionFactoryOptions options)
    {
        if (options.FirstPort == 0)
        {
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }

        var count = options.LastPort - options.FirstPort + 1;
        var start = Random.Shared.Next(count);
        for (var index = 0; index < count; index++)
        {
            try
            {
                socket.Bind(new IPEndPoint(address, options.FirstPort + ((start + index) % count)));
                return true;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
            }
        }

        return false;
    }

    private async Task ReceiveAsync()
    {
        var pending = Receive();
        while (true)
        {
            int length;
            try
            {
                length = await pending.ConfigureAwait(false);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.MessageSize or SocketError.NetworkReset)
            {
                // An answer of the network to something sent earlier, or a datagram too long to be any of ours.
                pending = Receive();
                continue;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                _driver.OnBroken(this);
                return;
            }

            pending = Process(length);
        }
    }

    private ValueTask<int> Receive()
    {
        try
        {
            return _socket.ReceiveFromAsync(_buffer, SocketFlags.None, _source);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return ValueTask.FromException<int>(exception);
        }
    }

    // Takes what is there without giving the lock away in between, and sends once for all of it.
    private ValueTask<int> Process(int length)
    {
        lock (_driver.Gate)
        {
            var now = _driver.Now;
            for (var count = 1; ; count++)
            {
                _driver.OnDatagram(this, TransportAddress.From(_source), _buffer.AsSpan(0, length), now);
                if (count == BatchDatagrams)
                {
                    _driver.Flush(now);
                    return Receive();
                }

                var pending = Receive();
                if (!pending.IsCompletedSuccessfully)
                {
                    _driver.Flush(now);
                    return pending;
                }

                length = pending.Result;
            }
        }
    }
}
