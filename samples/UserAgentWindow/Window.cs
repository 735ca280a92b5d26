using System.Collections.Specialized;
using Loop.Sdk;
using Loop.Sdk.Feeds;
using Loop.Sdk.UserAgent;
using UserAgentService.Import;

namespace UserAgentWindow;

/// <summary>A browser's window without a browser: it shows the stars, and does what it is told by lines of text.</summary>
internal sealed class Window : IAsyncDisposable
{
    private const string Help = """
        visit URL [TITLE]    star URL [TITLE]    unstar URL
        save URL TEXT        find WORDS          top
        stars                import FILE         forget URL          quit
        """;

    private readonly ChannelClient _channel;
    private readonly TextWriter _output;
    private readonly LiveCollection<string, StarredPage> _stars;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private readonly Task _states;

    private Window(ChannelClient channel, TextWriter output)
    {
        _channel = channel;
        _output = output;

        // A window's thread would be where the list lives; without one, it changes while nobody else reads it.
        _stars = channel.UserAgent.ShowStars(new LiveViewOptions { Post = Exclusively });
        _stars.CollectionChanged += (_, change) => Show(change);
        _states = ShowStatesAsync();
    }

    /// <summary>The session that the window's writes belong to.</summary>
    public long Session { get; private set; }

    public UserAgentClient Agent => _channel.UserAgent;

    /// <summary>Opens a window: its first call finds the service, or starts it.</summary>
    public static async Task<Window> OpenAsync(WindowArguments arguments, TextWriter output)
    {
        var window = new Window(arguments.Connect(), output);
        try
        {
            window.Session = await window.Agent.StartSessionAsync(reason: "newWindow");
            await window._stars.WhenReadyAsync();
        }
        catch
        {
            await window.CloseAsync();
            throw;
        }

        await output.WriteLineAsync($"this window is session {window.Session}; there are {window._stars.Count} stars. Type help.");
        return window;
    }

    /// <summary>Does what lines say, until there is none.</summary>
    public async Task RunAsync(TextReader input)
    {
        while (await input.ReadLineAsync() is { } line && line.Trim() != "quit")
        {
            try
            {
                await RunAsync(line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            }
            catch (LoopException refusal)
            {
                await _output.WriteLineAsync($"refused ({refusal.Code}): {refusal.Message}");
            }
        }
    }

    /// <summary>Waits until a star is shown.</summary>
    public async Task UntilStarredAsync(string url)
    {
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, NotifyCollectionChangedEventArgs change)
        {
            if (_stars.TryGet(url, out _))
            {
                shown.TrySetResult();
            }
        }

        Exclusively(() =>
        {
            _stars.CollectionChanged += Look;
            Look(null, null!);
        });
        await shown.Task;
        _stars.CollectionChanged -= Look;
    }

    public async ValueTask DisposeAsync()
    {
        await Agent.EndSessionAsync(Session, "windowClosed");
        await CloseAsync();
    }

    private async ValueTask CloseAsync()
    {
        await _closed.CancelAsync();
        await _states;
        await _stars.DisposeAsync();
        await _channel.DisposeAsync();
        _closed.Dispose();
    }

    private Task RunAsync(string[] words) => words switch
    {
        [] => Task.CompletedTask,
        ["visit", var url, .. var title] => Agent.VisitAsync(url, Session, title.FirstOrDefault()),
        ["star", var url, .. var title] => Agent.StarAsync(url, Session, title.FirstOrDefault()),
        ["unstar", var url] => Agent.UnstarAsync(url, Session),
        ["save", var url, var text] => Agent.SavePageAsync(url, Session, new PageCapture { Text = text }),
        ["find", .. var query] => FindAsync(string.Join(' ', query)),
        ["top"] => TopAsync(),
        ["stars"] => StarsAsync(),
        ["import", .. var path] => ImportAsync(string.Join(' ', path)),
        ["forget", var url] => Agent.ForgetAsync(new ForgetHistory { Url = url, Stars = true }),
        _ => _output.WriteLineAsync(Help),
    };

    private async Task FindAsync(string query)
    {
        foreach (var page in await Agent.SearchAsync(query))
        {
            await _output.WriteLineAsync($"  {page.Title ?? "(no title)"}  {page.Url}  {page.Snippet}");
        }
    }

    private async Task TopAsync()
    {
        foreach (var site in await Agent.GetTopSitesAsync(10))
        {
            await _output.WriteLineAsync($"  {site.Title ?? "(no title)"}  {site.Url}");
        }
    }

    private async Task StarsAsync()
    {
        List<StarredPage> stars = [];
        Exclusively(() => stars.AddRange(_stars));
        foreach (var star in stars)
        {
            await _output.WriteLineAsync($"  * {star.Title ?? "(no title)"}  {star.Url}");
        }
    }

    private async Task ImportAsync(string path)
    {
        await foreach (var step in _channel.Service<IImport>().ImportAsync(new ImportFile(path)))
        {
            await _output.WriteLineAsync($"  {step.Text}");
        }
    }

    private void Exclusively(Action action)
    {
        lock (_gate)
        {
            action();
        }
    }

    private void Show(NotifyCollectionChangedEventArgs change)
    {
        foreach (var star in change.NewItems?.OfType<StarredPage>() ?? [])
        {
            _output.WriteLine($"* {star.Title ?? "(no title)"}  {star.Url}");
        }

        foreach (var star in change.OldItems?.OfType<StarredPage>() ?? [])
        {
            _output.WriteLine($"- {star.Url}");
        }
    }

    private async Task ShowStatesAsync()
    {
        try
        {
            await foreach (var change in _channel.StateChanges(_closed.Token))
            {
                if (change.Current == ChannelState.Connected)
                {
                    await _output.WriteLineAsync(change.Resumed ? "connected, as if nothing had been" : "connected");
                }
                else if (change.Reason is { } reason)
                {
                    await _output.WriteLineAsync(change.Current == change.Previous ? $"no service yet ({reason}); trying again"
                        : change.Current == ChannelState.Reconnecting ? $"the service is gone ({reason}); it is found again, or started"
                        : $"{change.Current} ({reason})");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The window is closed.
        }
    }
}
