using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server;

internal sealed class LoopServerBuilder(IServiceCollection services) : ILoopServerBuilder
{
    public IServiceCollection Services { get; } = services;
}
