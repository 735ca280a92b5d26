using System.Net.Sockets;
using Loop.Sdk.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Lets a host serve on a socket of this user.</summary>
public static class LoopLocalServiceExtensions
{
    /// <summary>Listens on the service's socket, to which only the user can connect (mode 0600 from before anybody can). Who connects is to be recognised with <c>UseLoopLocalUser</c>.</summary>
    /// <param name="builder">The web host.</param>
    /// <param name="service">The right to serve there, which outlives the host.</param>
    public static IWebHostBuilder UseLoopLocalService(this IWebHostBuilder builder, LocalService service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(service);
        return builder.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(service.SocketPath)).UseSockets(static sockets =>
        {
            var bind = sockets.CreateBoundListenSocket;
            sockets.CreateBoundListenSocket = endpoint =>
            {
                var socket = bind(endpoint);
                if (endpoint is UnixDomainSocketEndPoint && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(endpoint.ToString()!, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }

                return socket;
            };
        });
    }
}
