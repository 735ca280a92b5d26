using System.Security.Cryptography;

namespace Loop.Sdk.Server.LoopApi;

/// <summary>The key of a session. It is overwritten when nobody is to use it any more, and signs nothing from then on.</summary>
/// <param name="characters">The key's characters, which are its own from now on.</param>
internal sealed class HawkKey(byte[] characters) : IDisposable
{
    private readonly Lock _lock = new();
    private bool _gone;

    /// <summary>Whether it was overwritten.</summary>
    public bool IsGone
    {
        get
        {
            lock (_lock)
            {
                return _gone;
            }
        }
    }

    /// <summary>The codes of a request and of its answer; null if the key is gone.</summary>
    public (string Request, string Response)? Sign(HawkHeader header, in HawkTarget target)
    {
        lock (_lock)
        {
            return _gone ? null : (HawkMac.OfRequest(characters, header, target), HawkMac.OfResponse(characters, header, target));
        }
    }

    /// <summary>The code of the server's time; null if the key is gone.</summary>
    public string? Sign(long second)
    {
        lock (_lock)
        {
            return _gone ? null : HawkMac.OfTime(characters, second);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _gone = true;
            CryptographicOperations.ZeroMemory(characters);
        }
    }
}
