using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>The addresses of this machine at which a peer may reach it.</summary>
internal static class LocalAddresses
{
    private const int Most = 16;

    /// <summary>Those of all interfaces that are up, without loopback, and without link-local ones, which mean nothing elsewhere.</summary>
    public static List<IPAddress> Find()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .Where(static network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                    .SelectMany(static network => network.GetIPProperties().UnicastAddresses)
                    .Select(static address => address.Address)
                    .Where(static address => !IPAddress.IsLoopback(address) && !IsLinkLocal(address))
                    .Distinct()
                    .Take(Most),
            ];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }

    private static bool IsLinkLocal(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6LinkLocal || address.IsIPv6Multicast : address.GetAddressBytes() is [169, 254, ..];
}
