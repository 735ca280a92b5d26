using Loop.Sdk.Rooms;

namespace Loop.Sdk.WebRtc.Conformance;

/// <summary>What a mesh does with any engine. Run for each engine by a class that derives from this.</summary>
public abstract class MeshConformance
{
    /// <summary>How far the mesh's clock goes at a time while the engine has a moment.</summary>
    private protected virtual TimeSpan Step => MeshWorld.DefaultStep;

    private protected abstract IPeerConnectionFactory CreateFactory(string host);

    [TestMethod]
    public async Task Everybody_is_connected_to_everybody_by_one_call()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");
        var carol = await world.GuestAsync("Carol");
        foreach (var (one, other) in new[] { (ada, bob), (ada, carol), (bob, ada), (bob, carol), (carol, ada), (carol, bob) })
        {
            var peer = await one.PeerAsync(other);
            Assert.AreEqual((MeshPath.Direct, other.Room.MemberId, other.Room.ParticipantId), (peer.Path, peer.Member, peer.ParticipantId));
        }

        Assert.AreEqual("Bob", (await ada.PeerAsync(bob, static peer => peer.DisplayName.Length > 0)).DisplayName);
    }

    [TestMethod]
    public async Task Those_who_are_not_in_the_mesh_are_no_peers()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        await world.BystanderAsync("Eve");
        var bob = await world.GuestAsync("Bob");
        await ada.PeerAsync(bob);
        Assert.HasCount(1, ada.Mesh.CurrentPeers);
        Assert.HasCount(1, bob.Mesh.CurrentPeers);
    }

    [TestMethod]
    public async Task Chat_reaches_everybody_once_and_in_order()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");
        var carol = await world.GuestAsync("Carol");
        await Task.WhenAll(ada.PeerAsync(bob), ada.PeerAsync(carol));
        for (var number = 1; number <= 50; number++)
        {
            await ada.Mesh.Chat.SayAsync($"{number} \U0001F600");
        }

        foreach (var user in new[] { bob, carol })
        {
            var seen = await user.Mesh.Chat.MessagesAsync().Take(50).ToListAsync();
            Assert.IsTrue(seen.Select(static text => text.Message.Message).SequenceEqual(Enumerable.Range(1, 50).Select(static number => $"{number} \U0001F600")));
            Assert.IsTrue(seen.All(text => text.Peer.Id == ada.Mesh.Id && text.Message.ContentType == TextTypes.Chat && text.Message.SentTimestamp == world.Clock.GetUtcNow()));
        }
    }

    [TestMethod]
    public async Task Typed_channels_carry_the_applications_messages_to_one_or_to_all()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");
        var carol = await world.GuestAsync("Carol");
        var moves = ada.Mesh.CreateChannel("example.moves", ConformanceJson.Default.Move);
        Assert.Throws<ArgumentException>(() => ada.Mesh.CreateChannel("example.moves", ConformanceJson.Default.Move));
        Assert.Throws<ArgumentException>(() => ada.Mesh.CreateChannel("text", ConformanceJson.Default.Move));
        Assert.Throws<ArgumentException>(() => ada.Mesh.CreateChannel("loop.x", ConformanceJson.Default.Move));
        await Task.WhenAll(ada.PeerAsync(bob), ada.PeerAsync(carol));
        await moves.SendAsync(new Move(1, "e4"), bob.Mesh.Id);
        await moves.SendAsync(new Move(2, "e5"));
        await ada.Mesh.CreateChannel("example.other", ConformanceJson.Default.String).SendAsync("ignored");

        // Made late: what came before waits.
        var (bobs, carols) = (bob.Mesh.CreateChannel("example.moves", ConformanceJson.Default.Move), carol.Mesh.CreateChannel("example.moves", ConformanceJson.Default.Move));
        CollectionAssert.AreEqual(new[] { new Move(1, "e4"), new Move(2, "e5") }, await bobs.MessagesAsync().Take(2).Select(static message => message.Value).ToListAsync());
        Assert.AreEqual(new Move(2, "e5"), (await carols.MessagesAsync().FirstAsync()).Value);
        Assert.AreEqual(ErrorCodes.PeerGone, (await Assert.ThrowsExactlyAsync<LoopException>(() => moves.SendAsync(new Move(3, "x"), "nobody"))).Code);
        Assert.AreEqual(ErrorCodes.MessageTooLarge, (await Assert.ThrowsExactlyAsync<LoopException>(() => moves.SendAsync(new Move(3, new string('x', 62_000))))).Code);
    }

    [TestMethod]
    public async Task What_is_of_another_type_is_dropped_and_the_rest_goes_on()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");
        await ada.PeerAsync(bob);
        var texts = ada.Mesh.CreateChannel("example.moves", ConformanceJson.Default.String);
        var moves = bob.Mesh.CreateChannel("example.moves", ConformanceJson.Default.Move);
        await texts.SendAsync("no move");
        var chat = ada.Mesh.Chat;
        await chat.SendAsync(new TextMessage { ContentType = "from-the-future", Message = "?" });
        await chat.SendAsync(new TextMessage { ContentType = TextTypes.Chat, Message = "" });
        await chat.SayAsync("after");
        Assert.AreEqual("after", (await bob.Mesh.Chat.MessagesAsync().FirstAsync()).Message.Message);
        await bob.Mesh.CreateChannel("example.back", ConformanceJson.Default.String).SendAsync("x");
        Assert.AreEqual("x", (await ada.Mesh.CreateChannel("example.back", ConformanceJson.Default.String).MessagesAsync().FirstAsync()).Value);
        _ = moves;
    }

    [TestMethod]
    public async Task Cursors_are_told_when_they_moved_enough_and_not_too_often()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");
        await ada.PeerAsync(bob);
        await bob.PeerAsync(ada);
        var pause = TimeSpan.FromMilliseconds(100);
        Assert.IsTrue(ada.Mesh.Cursor.Move(100, 50, 200, 200));
        Assert.IsFalse(ada.Mesh.Cursor.Move(150, 50, 200, 200), "too early");
        world.Clock.Advance(pause);
        Assert.IsFalse(ada.Mesh.Cursor.Move(102, 52, 200, 200), "too near");
        Assert.IsFalse(ada.Mesh.Cursor.Move(201, 50, 200, 200), "outside");
        Assert.IsFalse(ada.Mesh.Cursor.Move(double.NaN, 50, 200, 200), "nowhere");
        Assert.IsTrue(ada.Mesh.Cursor.Move(103, 50, 200, 200));
        Assert.IsTrue(ada.Mesh.Cursor.Click());
        var seen = await bob.Mesh.Cursor.EventsAsync().Take(3).ToListAsync();
        Assert.AreEqual((0.5, 0.25, false), (seen[0].RatioX, seen[0].RatioY, seen[0].IsClick));
        Assert.AreEqual((0.515, 0.25, false), (seen[1].RatioX, seen[1].RatioY, seen[1].IsClick));
        Assert.AreEqual((0.515, 0.25, true), (seen[2].RatioX, seen[2].RatioY, seen[2].IsClick));
    }

    [TestMethod]
    public async Task Shared_pages_are_told_once_for_each_host_after_half_a_second()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var chat = ada.Mesh.Chat;
        var alone = chat.ShareAsync(new Uri("https://one.example/a"), "One");
        world.Clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.IsFalse(await alone);
        var bob = await world.GuestAsync("Bob");
        await ada.PeerAsync(bob);
        var early = chat.ShareAsync(new Uri("https://one.example/a"), "One");
        var late = chat.ShareAsync(new Uri("https://two.example/b"), "Two", "data:image/png;base64,AA==");
        world.Clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.IsFalse(await early);
        Assert.IsTrue(await late);
        var again = chat.ShareAsync(new Uri("https://two.example/c"), "Two still");
        world.Clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.IsFalse(await again);
        var seen = (await bob.Mesh.Chat.MessagesAsync().FirstAsync()).Message;
        Assert.AreEqual((TextTypes.ContextTile, "Two"), (seen.ContentType, seen.Message));
        var extra = seen.ExtraData!.Value;
        Assert.AreEqual("https://two.example/b", extra.GetProperty("newRoomURL").GetString());
        Assert.AreEqual("data:image/png;base64,AA==", extra.GetProperty("newRoomThumbnail").GetString());
        Assert.AreEqual(ada.Room.Token, extra.GetProperty("roomToken").GetString());
    }

    [TestMethod]
    public async Task Files_arrive_whole_with_progress_and_a_safe_name()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");
        await ada.PeerAsync(bob);
        foreach (var size in new[] { 0, 1, 16 * 1024, 5_000_000 })
        {
            var content = Pattern(size);
            var sent = new Told();
            var sending = ada.Mesh.Files.SendAsync(bob.Mesh.Id, "../etc/\u202Epass\u0000wd.txt", new MemoryStream(content), type: "text/plain", progress: sent);
            var offer = await bob.Mesh.Files.OffersAsync().FirstAsync();
            Assert.AreEqual(("passwd.txt", "text/plain", (long)size, ada.Mesh.Id), (offer.Name, offer.Type, offer.Size, offer.Peer.Id));
            var (written, received) = (new MemoryStream(), new Told());
            await offer.AcceptAsync(written, received);
            await sending;
            Assert.IsTrue(written.ToArray().AsSpan().SequenceEqual(content));
            Assert.AreEqual(size, received.Last);
            Assert.AreEqual(size, sent.Last);
            Assert.ThrowsExactly<InvalidOperationException>(offer.Decline);
        }
    }

    [TestMethod]
    public async Task Files_that_are_declined_or_given_up_end_at_both_ends()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");
        await ada.PeerAsync(bob);
        await using var offers = bob.Mesh.Files.OffersAsync().GetAsyncEnumerator();
        var declined = ada.Mesh.Files.SendAsync(bob.Mesh.Id, "a", new MemoryStream(Pattern(100)));
        await offers.MoveNextAsync();
        offers.Current.Decline();
        Assert.AreEqual(ErrorCodes.FileDeclined, (await Assert.ThrowsExactlyAsync<LoopException>(() => declined)).Code);

        using var stop = new CancellationTokenSource();
        var givenUp = ada.Mesh.Files.SendAsync(bob.Mesh.Id, "b", new MemoryStream(Pattern(10_000_000)), cancellationToken: stop.Token);
        await offers.MoveNextAsync();
        var started = new Told();
        var accepting = offers.Current.AcceptAsync(new BlockedStream(), started);
        await started.First;
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => givenUp);
        Assert.AreEqual(ErrorCodes.Cancelled, (await Assert.ThrowsExactlyAsync<LoopException>(() => accepting)).Code);

        using var full = new CancellationTokenSource();
        var refused = ada.Mesh.Files.SendAsync(bob.Mesh.Id, "c", new MemoryStream(Pattern(10_000_000)));
        await offers.MoveNextAsync();
        started = new Told();
        accepting = offers.Current.AcceptAsync(new BlockedStream(), started, full.Token);
        await started.First;
        await full.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => accepting);
        Assert.AreEqual(ErrorCodes.Cancelled, (await Assert.ThrowsExactlyAsync<LoopException>(() => refused)).Code);
    }

    [TestMethod]
    public async Task Chat_goes_on_without_the_server_and_newcomers_are_met_when_it_is_back()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");
        await Task.WhenAll(ada.PeerAsync(bob), bob.PeerAsync(ada));
        foreach (var user in new[] { ada, bob })
        {
            user.Device.Link.IsRefusing = true;
            user.Device.Link.Cut();
        }

        await ada.Mesh.Chat.SayAsync("without");
        Assert.AreEqual("without", (await bob.Mesh.Chat.MessagesAsync().FirstAsync()).Message.Message);
        var before = (ada.Room.ParticipantId, bob.Room.ParticipantId);
        await world.Host.RestartAsync();
        foreach (var user in new[] { ada, bob })
        {
            user.Device.Link.IsRefusing = false;
        }

        await world.SoonAsync(Task.WhenAll(
            bob.PeerAsync(peer => peer.Id == ada.Mesh.Id && peer.ParticipantId != before.Item1),
            ada.PeerAsync(peer => peer.Id == bob.Mesh.Id && peer.ParticipantId != before.Item2)));
        Assert.AreEqual(MeshPath.Direct, ada.Mesh.CurrentPeers.Single().Path);
        var carol = await world.GuestAsync("Carol");
        await world.SoonAsync(Task.WhenAll(carol.PeerAsync(ada), carol.PeerAsync(bob)));
        await ada.Mesh.Chat.SayAsync("with");
        Assert.AreEqual("with", (await carol.Mesh.Chat.MessagesAsync().FirstAsync()).Message.Message);
    }

    [TestMethod]
    public async Task Who_leaves_the_mesh_is_gone_at_once_and_may_come_back()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");
        await Task.WhenAll(ada.PeerAsync(bob), bob.PeerAsync(ada));
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => bob.Room.JoinMeshAsync(world.Options("Bob")));
        var before = bob.Mesh.Id;
        await bob.Mesh.DisposeAsync();
        await ada.PeersAsync(static peers => peers.Count == 0);
        Assert.IsNull(await bob.Mesh.Ended);
        Assert.AreEqual(ErrorCodes.Closed, (await Assert.ThrowsExactlyAsync<LoopException>(() => bob.Mesh.Chat.SayAsync("x"))).Code);
        await bob.EnterAsync(bob.Room, world.Options("Bob"));
        Assert.AreNotEqual(before, (await ada.PeerAsync(bob)).Id);
    }

    [TestMethod]
    public async Task Who_is_removed_from_the_room_is_out_of_the_mesh()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");
        var carol = await world.GuestAsync("Carol");
        await Task.WhenAll(ada.PeerAsync(bob), carol.PeerAsync(bob), ada.PeerAsync(carol));
        await ada.Room.KickAsync(bob.Room.ParticipantId!);
        Assert.AreEqual(ErrorCodes.Kicked, (await bob.Mesh.Ended)!.Code);
        await world.SoonAsync(Task.WhenAll(ada.PeersAsync(static peers => peers.Count == 1), carol.PeersAsync(static peers => peers.Count == 1)));
        await carol.Mesh.Chat.SayAsync("we two");
        Assert.AreEqual("we two", (await ada.Mesh.Chat.MessagesAsync().FirstAsync()).Message.Message);
    }

    [TestMethod]
    public async Task Mesh_goes_on_when_the_rooms_key_is_changed()
    {
        await using var world = await MeshWorld.StartAsync(CreateFactory, Step);
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");
        await ada.PeerAsync(bob);
        await ada.Room.RotateKeyAsync();
        await ada.Mesh.Chat.SayAsync("still");
        Assert.AreEqual("still", (await bob.Mesh.Chat.MessagesAsync().FirstAsync()).Message.Message);
        var carol = await world.GuestAsync("Carol");
        await world.SoonAsync(Task.WhenAll(carol.PeerAsync(ada), carol.PeerAsync(bob)));
        Assert.HasCount(2, ada.Mesh.CurrentPeers);
    }

    private static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
