using Loop.Sdk.Cryptography;

namespace Loop.Sdk.Rooms;

/// <summary>Remembers one room: whenever something worth it has changed, one save after the other.</summary>
internal sealed class RoomNotes(RoomScope scope)
{
    private readonly Lock _lock = new();
    private Task _saving = Task.CompletedTask;
    private RememberedRoom? _saved;
    private (MemberKey Key, ReadOnlyMemory<byte> Bytes)? _member;

    /// <summary>Whether this client stays the same member when it comes again. Not after it left.</summary>
    public bool KeepsMember { get; set; } = true;

    /// <summary>Takes over what was remembered.</summary>
    public void Restore(RememberedRoom room)
    {
        _saved = room;
        scope.Trust.Set(room.Owner);
        scope.Keys.ExpectContextVersion(room.ContextVersion);
        scope.Reader.ExpectEpoch(room.Epoch);
        scope.Membership.Credential = room.GuestCredential;
    }

    /// <summary>Saves what has changed. Nobody waits for it but the next save, and <see cref="WhenSavedAsync"/>.</summary>
    public void Save()
    {
        lock (_lock)
        {
            var room = Note();
            if (_saved is not { } saved || !IsSame(room, saved))
            {
                _saved = room;
                _saving = SaveAsync(_saving, room);
            }
        }
    }

    public Task WhenSavedAsync()
    {
        lock (_lock)
        {
            return _saving;
        }
    }

    private static bool IsSame(RememberedRoom one, RememberedRoom other) =>
        one with { MemberKey = default } == other with { MemberKey = default } && one.MemberKey.Span.SequenceEqual(other.MemberKey.Span);

    private RememberedRoom Note() => new()
    {
        Token = scope.Ref.Token,
        ContextVersion = Math.Max(scope.Keys.Cipher?.ContextVersion ?? 0, _saved?.ContextVersion ?? 0),
        Epoch = scope.Reader.SeenEpoch,
        Owner = scope.Trust.Owner,
        MemberKey = KeepsMember && !scope.Self.IsFixed ? ExportMember() : default,
        GuestCredential = KeepsMember ? scope.Membership.Credential : null,
    };

    private ReadOnlyMemory<byte> ExportMember()
    {
        if (_member is { } exported && exported.Key == scope.Self.Key)
        {
            return exported.Bytes;
        }

        var bytes = new byte[MemberKey.ExportSize];
        var key = scope.Self.Key;
        key.Export(bytes);
        _member = (key, bytes);
        return bytes;
    }

    private async Task SaveAsync(Task earlier, RememberedRoom room)
    {
        // The application's memory is not called under the lock.
        await earlier.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await scope.Services.Memory.SaveAsync(room).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the application's memory throws does not stop the room.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            scope.Services.Log.MemoryFailed(exception);
        }
    }
}
