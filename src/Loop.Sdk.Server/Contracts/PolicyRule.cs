using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server;

/// <summary>Asks the host's authorisation.</summary>
internal static class PolicyRule
{
    public static async ValueTask<bool> AllowsAsync(LoopCall call, string policy)
    {
        var authorization = call.Services.GetRequiredService<IAuthorizationService>();
        return (await authorization.AuthorizeAsync(call.Session.Principal, call, policy).ConfigureAwait(false)).Succeeded;
    }
}
