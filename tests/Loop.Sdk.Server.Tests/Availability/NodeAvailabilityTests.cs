using Loop.Sdk.Feeds;
using Loop.Sdk.Presence;
using Loop.Sdk.Server.Storage;
using Loop.Sdk.Server.Tests.Presence.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Availability;

/// <summary>Accounts on one node, those who follow them on another; one store.</summary>
[TestClass]
public sealed class NodeAvailabilityTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Status_grants_and_revocations_reach_open_feeds_on_other_nodes(bool isReliable)
    {
        var storage = new MemoryAvailabilityStorage();
        await using var cluster = await Cluster.StartAsync(2, seed: 3, build: builder =>
        {
            builder.Services.AddSingleton<IAvailabilityStorage>(storage);
            builder.AddAvailability(static options => options.ApplicationOf = static session => session.PrincipalId == "app" ? "calendar" : null);
        });
        var here = cluster.Worlds[0].User("ada").Client.Service<IAvailability>();
        await using var people = cluster.Worlds[1].User("app").Client.Service<IPeople>().Watch().ToLiveCollection(static person => person.Id);
        await using var own = cluster.Worlds[1].User("ada").Client.Service<IAvailability>().Watch().ToLiveView(static (_, next) => next);
        await using var grants = cluster.Worlds[1].User("ada").Client.Service<IAvailability>().Grants().ToLiveCollection(static grant => grant.Application);
        await Task.WhenAll(people.WhenReadyAsync(), own.WhenReadyAsync(), grants.WhenReadyAsync());
        await cluster.UntilAsync(() => cluster.Worlds.All(static world => world.Core.Nodes is not null));
        cluster.Network.IsReliable = isReliable;

        var grant = await here.GrantAsync(new GrantRequest("calendar"));
        await cluster.UntilAsync(() => people.TryGet(grant.Id, out var person) && person.State == AvailabilityState.Unavailable && grants.Count == 1);
        await here.ReportAsync(new ActivityReport(AvailabilityState.Online));
        await cluster.UntilAsync(() => people.TryGet(grant.Id, out var person) && person.State == AvailabilityState.Online);
        await here.SetStatusAsync(new OwnStatus { Mode = StatusMode.Away, Text = "At lunch" });
        await cluster.UntilAsync(() => people.TryGet(grant.Id, out var person) && person is { State: AvailabilityState.Away, Text: "At lunch" });
        await cluster.UntilAsync(() => own.Value is { State: AvailabilityState.Away, Mode: StatusMode.Away, Text: "At lunch" });
        await here.RevokeAsync(new ApplicationRef("calendar"));
        await cluster.UntilAsync(() => people.Count == 0 && grants.Count == 0);
    }
}
