using System.Globalization;
using Loop.Sdk.Server.Tests.Hosting.Harness;
using Loop.Sdk.Server.Tests.Presence.Kill;
using Loop.Sdk.Server.Tests.Rooms.Kill;
using Loop.Sdk.Server.Tests.Storage.Kill;
using Loop.Sdk.Server.Tests.UserAgent.Import.Harness;

namespace Loop.Sdk.Server.Tests;

/// <summary>Lets the assembly run as a process of its own, for tests that kill it.</summary>
internal static class EntryPoint
{
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case [KillWorker.Name, var file, var round, var mode]:
                await KillWorker.RunAsync(file, round, isEarly: mode == KillWorker.Early);
                break;
            case [ServerWorker.Name, var file, var port]:
                await ServerWorker.RunAsync(file, int.Parse(port, CultureInfo.InvariantCulture));
                break;
            case [ForgetWorker.Name, var file]:
                await ForgetWorker.RunAsync(file);
                break;
            case [LocalServiceWorker.Name, var socket, var version]:
                await LocalServiceWorker.RunAsync(socket, version);
                break;
            case [WindowWorker.Name, var socket, var seed]:
                await WindowWorker.RunAsync(socket, seed);
                break;
            case [ImportWorker.Name, var file, var places]:
                await ImportWorker.RunAsync(file, places);
                break;
            case [LocalServiceWorker.Starter, var socket]:
                await LocalServiceWorker.StartAsync(socket);
                break;
            case [PresentWorker.Name, var address, var account, var scope]:
                await PresentWorker.RunAsync(new Uri(address), account, scope);
                break;
        }

        return 0;
    }
}
