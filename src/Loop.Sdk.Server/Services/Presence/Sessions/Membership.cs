using System.Text.Json;

namespace Loop.Sdk.Server.Presence;

/// <summary>A session's place in a scope. Its state changes under the session's lock.</summary>
internal sealed class Membership(SessionPresence session, ScopeName scope, string instanceKey)
{
    private Action? _giveBack;
    private CancellationTokenRegistration _listening;
    private volatile bool _released;

    public SessionPresence Session => session;

    public ScopeName Scope => scope;

    public string InstanceKey => instanceKey;

    /// <summary>The member's id, once it has entered.</summary>
    public string Id { get; set; } = "";

    /// <summary>What it entered with last, to enter with again.</summary>
    public JsonElement? Data { get; set; }

    /// <summary>How new what others know of it was when it was lost.</summary>
    public MemberVersion Version { get; set; }

    public MembershipState State { get; set; }

    /// <summary>The right to be there.</summary>
    public PresenceGrant Grant { get; private set; } = null!;

    /// <summary>The rule gave the right, perhaps after the place was released.</summary>
    public void Hold(PresenceGrant grant)
    {
        Grant = grant;
        Interlocked.Exchange(ref _giveBack, grant.Released);
        if (_released)
        {
            Release();
        }
    }

    /// <summary>Listens for the end of the right, from now on.</summary>
    public void Listen(Action<object?> ended)
    {
        _listening = Grant.Ended.UnsafeRegister(ended, this);
        if (_released)
        {
            Release();
        }
    }

    /// <summary>It is over for good.</summary>
    public void Release()
    {
        _released = true;
        Interlocked.MemoryBarrier();
        _listening.Unregister();
        Interlocked.Exchange(ref _giveBack, null)?.Invoke();
    }
}
