namespace Loop.Sdk.Server;

/// <summary>A contract that was added to the server, before there are services to make its implementation from.</summary>
internal sealed class ContractRegistration(Func<IServiceProvider, int, ContractBinding> bind)
{
    /// <summary>Makes the binding.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="id">The contract's id on this server, from 1.</param>
    public ContractBinding Bind(IServiceProvider services, int id) => bind(services, id);
}
