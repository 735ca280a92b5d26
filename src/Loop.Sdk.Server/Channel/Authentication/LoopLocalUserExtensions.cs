using System.Security.Claims;
using Loop.Sdk.Server;
using Microsoft.AspNetCore.Connections.Features;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Lets the user whose process the server is be authenticated by the operating system.</summary>
public static class LoopLocalUserExtensions
{
    private const string AuthenticationType = "unix";

    /// <summary>
    /// Whoever connects over a Unix domain socket from a process of the same user as this one is that account, for channels as well as for HTTP, if the host's own authentication names
    /// nobody else. Others, and those who connect in other ways, need credentials as ever. On Linux only: elsewhere nobody is recognised. Put it before what it is for.
    /// </summary>
    /// <param name="app">The host's pipeline.</param>
    /// <param name="account">The account: 1 to 256 characters.</param>
    public static IApplicationBuilder UseLoopLocalUser(this IApplicationBuilder app, string account)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentException.ThrowIfNullOrEmpty(account);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(account.Length, 256, nameof(account));
        return app.Use((context, next) =>
        {
            if (context.User.Identity?.IsAuthenticated != true && context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket && UnixPeer.IsSameUser(socket))
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", account)], AuthenticationType));
            }

            return next(context);
        });
    }
}
