using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Loop.Sdk.Cryptography;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Rooms;

/// <summary>The real timeline.</summary>
internal sealed class ScopedTimeline : RoomTimeline
{
    private const int KeyBytes = 16;
    private const int MaxTries = 4;

    private readonly RoomScope _scope;
    private readonly RoomFollower _follower;
    private readonly EntryReader _reader;
    private readonly SignalHub _signals;
    private long _signalVersion;

    public ScopedTimeline(RoomScope scope, RoomFollower follower)
    {
        _scope = scope;
        _follower = follower;
        _reader = new EntryReader(scope);
        _signals = new SignalHub(scope);
        Changes = new RoomFeed<EntriesPage, EntriesChange, TimelinePage, TimelineChange>(
            scope.Services.Timeline.Changes(scope.Ref), scope.Services.Time, scope.Membership, OpenAsync, OpenAsync, scope.Lifetime);
    }

    public override IFeed<TimelinePage, TimelineChange> Changes { get; }

    private ITimeline Contract => _scope.Services.Timeline;

    public override async Task<TimelinePage> PageAsync(long? before = null, int limit = 50, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 500);
        var page = await ReadPageAsync(before, limit, cancellationToken).ConfigureAwait(false);
        if (page.Entries.Any(static entry => entry.Code == ErrorCodes.StaleVersion))
        {
            // An edit may have come by another way while the page was on its own.
            page = await ReadPageAsync(before, limit, cancellationToken).ConfigureAwait(false);
        }

        return page;
    }

    public override async Task<EntryReceipt> AppendAsync<T>(
        string kind, T content, JsonTypeInfo<T> type, AppendOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckName(kind, EntryKinds.MaxLength, nameof(kind));
        ArgumentNullException.ThrowIfNull(type);
        var key = options?.Key ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        CheckName(key, BoundText.MaxLength, nameof(options));
        var document = EntryDocument.Write(kind, options?.ReplyTo, content, type);

        // Somebody else's entry with this key would be another one.
        var author = _scope.Self.Key;
        return await WriteAsync(
            token => Contract.AppendAsync(
                new AppendEntry
                {
                    Token = _scope.Ref.Token,
                    Author = author.Identity.Id,
                    Key = key,
                    Kind = kind,
                    ReplyTo = options?.ReplyTo?.Sequence,
                    Envelope = Seal(EnvelopeField.Timeline, key, 1, document, author),
                },
                token),
            cancellationToken).ConfigureAwait(false);
    }

    public override async Task<EntryReceipt> EditAsync<T>(TimelineEntry entry, T content, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(type);
        var replyTo = entry is { ReplyToAuthor: { } author, ReplyToKey: { } key } ? entry with { Author = author, Key = key } : null;
        var document = EntryDocument.Write(entry.Kind, replyTo, content, type);
        var member = _scope.Self.Key;
        var version = entry.Version + 1;
        byte[]? envelope = null;
        return await WriteAsync(
            async token =>
            {
                var isRepeated = envelope is not null;
                envelope ??= Seal(EnvelopeField.Timeline, entry.Key, version, document, member);
                try
                {
                    return await Contract.EditAsync(
                        new EditEntry { Token = _scope.Ref.Token, Sequence = entry.Sequence, Version = version, Envelope = envelope }, token).ConfigureAwait(false);
                }
                catch (LoopException error) when (isRepeated && error.Code == ErrorCodes.EntryConflict)
                {
                    // It may be in conflict with itself.
                    if (await FindEditAsync(entry.Sequence, envelope, token).ConfigureAwait(false) is { } found)
                    {
                        return found;
                    }

                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    public override async Task<EntryReceipt> DeleteAsync(long sequence, CancellationToken cancellationToken = default)
    {
        ThrowIfOver();
        return await _scope.Calls.RunAsync(
            token => Contract.DeleteAsync(new EntryRef(_scope.Ref.Token, sequence), token), repeatable: true, cancellationToken).ConfigureAwait(false);
    }

    public override async Task SignalAsync<T>(string kind, T content, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        CheckName(kind, EntryKinds.MaxLength, nameof(kind));
        ThrowIfOver();
        var json = JsonSerializer.SerializeToUtf8Bytes(content, type);
        await RequireCurrentAsync(cancellationToken).ConfigureAwait(false);

        // Not repeated when the answer is lost: it would come too late.
        await _scope.Calls.RunAsync(
            async token =>
            {
                var version = NextSignal();
                var envelope = Seal(EnvelopeField.Signal, kind, version, json, _scope.Self.Key);
                await Contract.SignalAsync(new SendSignal { Token = _scope.Ref.Token, Kind = kind, Version = version, Envelope = envelope }, token).ConfigureAwait(false);
                return true;
            },
            repeatable: false,
            cancellationToken).ConfigureAwait(false);
    }

    public override IAsyncEnumerable<RoomSignal> SignalsAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfOver();
        return _signals.SubscribeAsync(cancellationToken);
    }

    private async Task<EntryReceipt> WriteAsync(Func<CancellationToken, Task<EntryReceipt>> write, CancellationToken cancellationToken)
    {
        ThrowIfOver();
        await RequireCurrentAsync(cancellationToken).ConfigureAwait(false);
        return await _scope.Calls.RunAsync(write, repeatable: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<EntryReceipt?> FindEditAsync(long sequence, byte[] envelope, CancellationToken cancellationToken)
    {
        var page = await Contract.PageAsync(new PageQuery { Token = _scope.Ref.Token, Before = sequence + 1, Limit = 1 }, cancellationToken).ConfigureAwait(false);
        return page.Entries is [{ } entry] && entry.Sequence == sequence && entry.Envelope.Span.SequenceEqual(envelope)
            ? new EntryReceipt { Sequence = sequence, Id = entry.Id, Version = entry.Version, CreatedAt = entry.CreatedAt, AlreadyDone = true }
            : null;
    }

    private async Task<TimelinePage> ReadPageAsync(long? before, int limit, CancellationToken cancellationToken)
    {
        ThrowIfOver();
        var query = new PageQuery { Token = _scope.Ref.Token, Before = before, Limit = limit };
        return await _scope.Calls.RunAsync(
            async token => await OpenAsync(await Contract.PageAsync(query, token).ConfigureAwait(false), token).ConfigureAwait(false),
            repeatable: true,
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RequireCurrentAsync(CancellationToken cancellationToken)
    {
        _scope.Keys.RequireCipher();
        for (var tries = 1; ; tries++)
        {
            await _scope.Epochs.ReachAsync(_follower.Current.Epoch, isNews: false, cancellationToken).ConfigureAwait(false);
            try
            {
                ContextSealer.RequireCurrent(_scope, _follower.Current.Epoch);
                await _scope.RequireAnnouncedAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (LoopException error) when (tries < MaxTries && error.Code == ErrorCodes.StaleEpoch)
            {
                // The key has just been changed, and an entry, or this client's own rotation, may have told of it before the room did; or else the server has gone back.
                await _follower.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private byte[] Seal(EnvelopeField field, string item, long version, byte[] content, MemberKey author) =>
        _scope.Keys.RequireCipher().Seal(field, item, version, content, author);

    private long NextSignal()
    {
        var now = _scope.Services.Time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var last = Interlocked.Read(ref _signalVersion); ; last = Interlocked.Read(ref _signalVersion))
        {
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _signalVersion, next, last) == last)
            {
                return next;
            }
        }
    }

    private async ValueTask<TimelinePage> OpenAsync(EntriesPage page, CancellationToken cancellationToken)
    {
        var opened = await _reader.OpenAsync(page.Entries, cancellationToken).ConfigureAwait(false);
        return new TimelinePage([.. opened.OrderBy(static entry => entry.Sequence).DistinctBy(static entry => entry.Sequence)], page.First, page.Last, page.More);
    }

    private async ValueTask<TimelineChange> OpenAsync(EntriesChange change, CancellationToken cancellationToken) =>
        new(await _reader.OpenAsync(change.Entries, cancellationToken).ConfigureAwait(false), change.First);

    private void ThrowIfOver()
    {
        if (_scope.Lifetime.IsOver)
        {
            throw RoomCodes.Over();
        }
    }

    private static void CheckName(string name, int longest, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        if (name.Length > longest || name.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException($"It has to be 1 to {longest} visible characters of ASCII.", parameter);
        }
    }
}
