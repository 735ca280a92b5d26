using UserAgentService.Import;

namespace UserAgentService;

/// <summary>The service itself: the same wherever it listens.</summary>
internal static class ServiceHost
{
    public const string Account = "me";

    public static WebApplication Build(ServiceArguments arguments, Action<WebApplicationBuilder> listen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        listen(builder);
        builder.Services.AddLoopServer(static server =>
        {
            // An update waits for this one to end, and the windows for the update: nobody is to be patient.
            server.DrainTimeout = TimeSpan.FromMilliseconds(250);
            server.DrainSpread = TimeSpan.Zero;
            server.RateLimits.SessionCalls = null;
        })
            .AddCredentialValidator<TokenValidator>()
            .AddUserAgent()
            .AddContract<IImport>(static session => new ImportHandler(session))
            .UseSqlite(arguments.Database ?? Path.Combine(Path.GetDirectoryName(arguments.Socket)!, "browser.db"));
        var app = builder.Build();
        app.UseLoopLocalUser(Account);
        app.MapLoop("/loop");
        app.MapLoopUserAgentApi();
        return app;
    }
}
