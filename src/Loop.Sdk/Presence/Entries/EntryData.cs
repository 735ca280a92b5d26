using System.Text.Json;

namespace Loop.Sdk.Presence;

/// <summary>An entry's data: what is wanted, what the server has, and those who wait for the one to become the other. Used under the entry's lock.</summary>
internal sealed class EntryData(JsonElement? first)
{
    private readonly List<(long Version, TaskCompletionSource Sent)> _waiting = [];
    private long? _acceptedVersion;

    public JsonElement? Wanted { get; private set; } = first;

    public long WantedVersion { get; private set; }

    /// <summary>What the server took last.</summary>
    public JsonElement? Accepted { get; private set; } = first;

    public bool IsOutdated => _acceptedVersion != WantedVersion;

    /// <summary>Other data is wanted.</summary>
    /// <returns>Completes when the server has it, or newer data.</returns>
    public Task Want(JsonElement? data)
    {
        Wanted = data;
        WantedVersion++;
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((WantedVersion, sent));
        return sent.Task;
    }

    /// <summary>The server has this version. Newer data may be wanted by now.</summary>
    public void Accept(long version, JsonElement? data)
    {
        Accepted = data;
        _acceptedVersion = version;
        Complete(version, static sent => sent.TrySetResult());
    }

    /// <summary>What the server has is not known.</summary>
    public void Forget() => _acceptedVersion = null;

    /// <summary>The server does not take this version: what it took last is wanted again. False if that is all there is.</summary>
    public bool TryReject(long version, LoopException error)
    {
        if (_waiting.Count == 0 && RawJson.AreSame(Wanted, Accepted))
        {
            return false;
        }

        Complete(version, sent => sent.TrySetException(new LoopException(error.Code, error.Message, error)));
        if (version == WantedVersion)
        {
            Wanted = Accepted;
            WantedVersion++;
        }

        return true;
    }

    /// <summary>Nothing is sent any more.</summary>
    public void Fail(LoopException error) => Complete(long.MaxValue, sent => sent.TrySetException(error));

    private void Complete(long version, Action<TaskCompletionSource> complete)
    {
        foreach (var (_, sent) in _waiting.Where(waiting => waiting.Version <= version))
        {
            complete(sent);

            // Whoever asked may have given up.
            _ = sent.Task.Exception;
        }

        _waiting.RemoveAll(waiting => waiting.Version <= version);
    }
}
