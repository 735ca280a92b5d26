using System.Collections.Concurrent;

namespace Loop.Sdk.Server.Push;

/// <summary>The broadcasts, and who follows them.</summary>
internal sealed class PushBroadcasts : IPushBroadcasts
{
    /// <summary>Under this name stands what is wrong.</summary>
    public const string Errors = "errors";

    private const int LongestId = 128;
    private const int LongestVersion = 200;

    private readonly ConcurrentDictionary<string, string> _versions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<MozillaBroadcasts, byte> _followers = new();

    public void Set(string id, string version)
    {
        if (id is not { Length: > 0 and <= LongestId } || id.AsSpan().ContainsAnyExceptInRange('!', '~') || id == Errors)
        {
            throw new ArgumentException($"The id has to be 1 to {LongestId} visible characters of ASCII, and not «{Errors}».", nameof(id));
        }

        if (version is not { Length: > 0 and <= LongestVersion })
        {
            throw new ArgumentException($"The version has to be 1 to {LongestVersion} characters.", nameof(version));
        }

        _versions[id] = version;
        foreach (var follower in _followers.Keys)
        {
            follower.Changed(id);
        }
    }

    public string? Find(string id) => _versions.GetValueOrDefault(id);

    public void Follow(MozillaBroadcasts follower) => _followers.TryAdd(follower, 0);

    public void Leave(MozillaBroadcasts follower) => _followers.TryRemove(follower, out _);
}
