namespace Loop.Sdk.Server.LoopApi;

/// <summary>All resources of the API.</summary>
internal sealed class ApiRoutes(ServiceResource service, SessionResource sessions, RoomsResource rooms, RoomResource room, RoomActions actions, CallsResource calls)
{
    public IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/", service.HomeAsync),
        new("GET", "/__heartbeat__", service.HeartbeatAsync),
        new("GET", "/__lbheartbeat__", ServiceResource.LoadBalancerHeartbeatAsync),
        new("GET", "/push-server-config", service.PushServerAsync),
        new("GET", "/api-specs", ServiceResource.SpecsAsync),
        new("POST", "/event", service.EventAsync),
        new("POST", "/registration", sessions.RegisterAsync),
        new("DELETE", "/registration", sessions.UnregisterAsync),
        new("DELETE", "/session", sessions.EndAsync),
        new("DELETE", "/account", sessions.DeleteAccountAsync),
        new("POST", "/rooms", rooms.CreateAsync),
        new("GET", "/rooms", rooms.ListAsync),
        new("PATCH", "/rooms", rooms.DeleteManyAsync),
        new("GET", "/rooms/{token}", room.GetAsync),
        new("PATCH", "/rooms/{token}", room.UpdateAsync),
        new("DELETE", "/rooms/{token}", room.DeleteAsync),
        new("POST", "/rooms/{token}", actions.RunAsync),
        new("POST", "/calls", calls.CallAsync),
        new("GET", "/calls", calls.ListAsync),
        new("GET", "/calls/{token}", CallsResource.UnknownUrlAsync),
        new("POST", "/calls/{token}", CallsResource.UnknownUrlAsync),
        new("POST", "/call-url", calls.NoLongerAsync),
        new("GET", "/call-url", calls.ListUrlsAsync),
        new("PUT", "/call-url/{token}", calls.OwnUnknownUrlAsync),
        new("DELETE", "/call-url/{token}", calls.OwnUnknownUrlAsync),
    ];
}
