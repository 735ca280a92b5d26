using System.Diagnostics;

namespace Loop.Sdk.Server.Tests.Hosting.Harness;

/// <summary>A window's process, seen from outside.</summary>
internal sealed class WindowProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task _reading;
    private readonly Action _wrote;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _view = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="folder">Where the service is.</param>
    /// <param name="seed">What it writes.</param>
    /// <param name="wrote">Told after every few writes.</param>
    public WindowProcess(LocalServiceFolder folder, int seed, Action wrote)
    {
        _wrote = wrote;
        _process = Process.Start(new ProcessStartInfo(folder.Launcher().Program, [typeof(WindowWorker).Assembly.Location, WindowWorker.Name, folder.Socket, $"{seed}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _reading = ReadAsync();
    }

    public Task<string> View => _view.Task;

    public async Task StopAsync()
    {
        await _process.StandardInput.WriteLineAsync("stop");
        await _stopped.Task;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            switch (line)
            {
                case WindowWorker.Wrote:
                    _wrote();
                    break;
                case WindowWorker.Stopped:
                    _stopped.TrySetResult();
                    break;
                default:
                    _view.TrySetResult(line);
                    break;
            }
        }

        var end = new InvalidOperationException("The window's process has ended.");
        _stopped.TrySetException(end);
        _view.TrySetException(end);
        _ = (_stopped.Task.Exception, _view.Task.Exception);
    }
}
