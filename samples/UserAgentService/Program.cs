using Loop.Sdk.Server;
using UserAgentService;

if (ServiceArguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(ServiceArguments.Usage);
    return 2;
}

// Over TCP, wherever it is hosted: whoever connects has a token.
if (arguments.Listen is { } address)
{
    await using var remote = ServiceHost.Build(arguments, builder => builder.WebHost.UseUrls(address).UseKestrelHttpsConfiguration());
    await remote.RunAsync();
    return 0;
}

// On this machine, for this user: one process at a time, of the newest version.
await using var service = await LocalService.ClaimAsync(new LocalServiceOptions { SocketPath = arguments.Socket, Version = arguments.Version });
if (service is null)
{
    Console.WriteLine("a service of this version or a newer one is there already");
    return 0;
}

await using var app = ServiceHost.Build(arguments, builder => builder.WebHost.UseLoopLocalService(service));
await app.StartAsync();
Console.WriteLine($"version {arguments.Version} serves on {service.SocketPath} as process {Environment.ProcessId}");
await app.WaitForShutdownAsync();
Console.WriteLine($"version {arguments.Version} has handed over");
return 0;
