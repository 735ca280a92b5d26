using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server;

/// <summary>What <c>AddLoopServer</c> returns, for adding contracts and ways to authenticate.</summary>
public interface ILoopServerBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }
}
