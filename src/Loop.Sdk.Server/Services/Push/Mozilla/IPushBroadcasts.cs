namespace Loop.Sdk.Server.Push;

/// <summary>What all browsers that ask for it are told: ids with versions, for instance that a list was changed and should be fetched. Safe for concurrent use.</summary>
public interface IPushBroadcasts
{
    /// <summary>Sets a version, and tells those who follow it if it is another one.</summary>
    /// <param name="id">The broadcast's id, usually <c>broadcaster/channel</c>: 1 to 128 visible ASCII characters.</param>
    /// <param name="version">The version: 1 to 200 characters.</param>
    /// <exception cref="ArgumentException">Either is none.</exception>
    void Set(string id, string version);

    /// <summary>The version; null if there is no such broadcast.</summary>
    /// <param name="id">The broadcast's id.</param>
    string? Find(string id);
}
