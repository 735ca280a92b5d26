using System.Net;
using System.Net.Sockets;

namespace Loop.Sdk.Server.Push;

/// <summary>Connects to public addresses only. The address that was checked is the one that is connected to, whatever a name resolves to a moment later.</summary>
internal static class PublicNetwork
{
    // RFC 6890 and what has been added to it.
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/3"),
    ];

    // All that is public is in here; of that, what leads to other addresses, or nowhere.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] Exceptions = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(Private, network => network.Contains(plain))
            : Global.Contains(plain) && !Array.Exists(Exceptions, network => network.Contains(plain));
    }

    /// <summary>A handler for requests to addresses that come from clients: no redirects, proxies or cookies, so that a request goes where it was checked that it may go.</summary>
    /// <param name="allowsPrivate">Whether addresses that are not public may be connected to.</param>
    public static SocketsHttpHandler CreateHandler(bool allowsPrivate) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = allowsPrivate ? null : ConnectAsync,
    };

    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        var allowed = Array.FindAll(addresses, IsPublic);
        if (allowed.Length == 0)
        {
            throw new LoopException(ErrorCodes.PermissionDenied, "The endpoint's address is none that this server may connect to.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
