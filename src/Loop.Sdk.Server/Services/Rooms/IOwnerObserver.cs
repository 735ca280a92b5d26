namespace Loop.Sdk.Server.Rooms;

/// <summary>Is told of every change of rooms, for those who follow them in other ways than by a feed.</summary>
internal interface IOwnerObserver
{
    /// <summary>A room of an owner, or somebody in it, was changed, or is gone. Called by whoever changed it: not to be held up.</summary>
    /// <param name="owner">The owner's account.</param>
    /// <param name="at">When, ms since 1970: never after the time that the store shows for the change.</param>
    void Changed(string owner, long at);
}
