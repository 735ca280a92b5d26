using System.Globalization;
using Loop.Bench.Load.Client;
using Loop.Bench.Load.DataChannels;
using Loop.Bench.Load.Orchestration;
using Loop.Bench.Load.Server;
using Loop.Bench.Load.Targets.Loop;

try
{
    return args switch
    {
        [Roles.Server, var target, var workload] => await ServerProgram.RunAsync(target, workload),
        [Roles.Client, var workload, var target, var port, var warmup, var measured] => await ClientProgram.RunAsync(
            workload, target, int.Parse(port, CultureInfo.InvariantCulture), RunTimes.Parse(warmup, measured)),
        [Roles.Prepare, var file] => await UserAgentData.MakeAsync(file),
        [Roles.End] => EndProgram.Run(),
        _ => await Orchestrator.RunAsync(BenchOptions.Parse(args)),
    };
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}
