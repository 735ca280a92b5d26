using System.Globalization;
using QuickStart;
using QuickStart.Board;
using QuickStart.Mesh;
using QuickStart.Push;
using QuickStart.Rooms;
using QuickStart.Server;

// The server runs in a process of its own, so that it can be killed: this program starts itself again.
if (args is [ServerProcess.Argument, var port, var file])
{
    await ServerHost.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), file);
    return 0;
}

var output = new Output();
await using var server = new ServerProcess();
await server.StartAsync();
output.Say($"a server listens on loopback, as process {server.Id}");
await BoardTour.RunAsync(server, output);
await RoomTour.RunAsync(server, output);
await PushTour.RunAsync(server, output);
await MeshTour.RunAsync(server, output);
output.Say("done");
return 0;
