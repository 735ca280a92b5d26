using Loop.Sdk.Testing;

namespace Loop.Sdk.WebRtc.Conformance;

/// <summary>What a mesh does when paths are not there, come, and break. Run for each engine by a class that derives from this.</summary>
public abstract class PathConformance
{
    /// <summary>How far the mesh's clock goes at a time while the engine has a moment.</summary>
    private protected virtual TimeSpan Step => MeshWorld.DefaultStep;

    /// <summary>Makes the network between the engines of one test.</summary>
    /// <param name="clock">The mesh's clock.</param>
    private protected abstract IBreakablePaths CreateNetwork(FakeClock clock);

    [TestMethod]
    public async Task Server_carries_what_is_said_while_there_is_no_path_and_not_any_more_when_there_is()
    {
        var (world, network) = await StartAsync();
        await using var _ = world;
        network.Cut("Ada", "Bob");
        var (ada, bob) = await PairAsync(world, MeshPath.Relayed);
        await ada.Mesh.Chat.SayAsync("over the server");
        await using var texts = bob.Mesh.Chat.MessagesAsync().GetAsyncEnumerator();
        Assert.IsTrue(await texts.MoveNextAsync());
        Assert.AreEqual("over the server", texts.Current.Message.Message);
        await SendFileAsync(ada, bob, 1_000_000);
        network.Restore();
        await world.SoonAsync(Task.WhenAll(ada.PeerAsync(bob, static peer => peer.Path == MeshPath.Direct), bob.PeerAsync(ada, static peer => peer.Path == MeshPath.Direct)));
        await ada.Mesh.Chat.SayAsync("direct");
        Assert.IsTrue(await texts.MoveNextAsync());
        Assert.AreEqual("direct", texts.Current.Message.Message);
    }

    [TestMethod]
    public async Task Nothing_is_relayed_when_that_is_not_wanted()
    {
        var (world, network) = await StartAsync();
        await using var _ = world;
        network.Cut();
        var options = new MeshOptions { Factory = null!, UseRelay = false };
        var ada = await world.OwnerAsync(options);
        var bob = await world.GuestAsync("Bob");
        var peer = ada.PeerAsync(bob, static peer => peer.State == MeshPeerState.Connecting);
        await world.SoonAsync(peer);
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.AreEqual((MeshPeerState.Connecting, MeshPath.None), (ada.Mesh.CurrentPeers.Single().State, ada.Mesh.CurrentPeers.Single().Path));
    }

    [TestMethod]
    public async Task Broken_path_is_replaced_and_nothing_said_meanwhile_is_lost()
    {
        var (world, network) = await StartAsync();
        await using var _ = world;
        var (ada, bob) = await PairAsync(world, MeshPath.Direct);
        network.Cut();
        for (var number = 1; number <= 20; number++)
        {
            await ada.Mesh.Chat.SayAsync($"{number}");
        }

        await world.SoonAsync(ada.PeerAsync(bob, static peer => peer.Path == MeshPath.Relayed));
        var seen = await bob.Mesh.Chat.MessagesAsync().Take(20).Select(static text => text.Message.Message).ToListAsync();
        Assert.IsTrue(seen.SequenceEqual(Enumerable.Range(1, 20).Select(static number => $"{number}")));
        network.Restore();
        await world.SoonAsync(Task.WhenAll(ada.PeerAsync(bob, static peer => peer.Path == MeshPath.Direct), bob.PeerAsync(ada, static peer => peer.Path == MeshPath.Direct)));
    }

    [TestMethod]
    public async Task Peer_is_gone_when_neither_path_nor_server_is_there_and_is_back_when_they_are()
    {
        var (world, network) = await StartAsync();
        await using var _ = world;
        var (ada, bob) = await PairAsync(world, MeshPath.Direct);
        network.Cut();
        ada.Device.Link.IsRefusing = true;
        ada.Device.Link.Cut();
        await world.SoonAsync(ada.PeersAsync(static peers => peers.Count == 0));
        network.Restore();
        ada.Device.Link.IsRefusing = false;
        await world.SoonAsync(Task.WhenAll(ada.PeerAsync(bob), bob.PeerAsync(ada)));
    }

    [TestMethod]
    public async Task File_goes_on_where_it_was_when_its_path_breaks()
    {
        var (world, network) = await StartAsync();
        await using var _ = world;
        var (ada, bob) = await PairAsync(world, MeshPath.Direct);
        var content = new byte[20_000_000];
        new Random(1).NextBytes(content);
        var reader = new CountingStream(content);
        var sending = ada.Mesh.Files.SendAsync(bob.Mesh.Id, "big", reader, content.Length);
        var offer = await bob.Mesh.Files.OffersAsync().FirstAsync();
        var written = new MemoryStream();
        var begun = new Told();
        var accepting = offer.AcceptAsync(written, begun);
        await begun.First;
        for (var round = 0; round < 3; round++)
        {
            network.Cut();
            await world.SoonAsync(ada.PeerAsync(bob, static peer => peer.Path != MeshPath.Direct));
            network.Restore();
            await world.SoonAsync(Task.WhenAny(ada.PeerAsync(bob, static peer => peer.Path == MeshPath.Direct), accepting));
        }

        await world.SoonAsync(Task.WhenAll(sending, accepting));
        Assert.IsTrue(written.GetBuffer().AsSpan(0, (int)written.Length).SequenceEqual(content));

        // Each byte was read once: what went twice was kept, and that is little.
        Assert.AreEqual(content.Length, reader.Taken);
    }

    [TestMethod]
    public async Task File_ends_when_its_peer_is_gone()
    {
        var (world, network) = await StartAsync();
        await using var _ = world;
        var (ada, bob) = await PairAsync(world, MeshPath.Direct);
        var sending = ada.Mesh.Files.SendAsync(bob.Mesh.Id, "big", new MemoryStream(new byte[10_000_000]));
        var offer = await bob.Mesh.Files.OffersAsync().FirstAsync();
        var begun = new Told();
        var accepting = offer.AcceptAsync(new BlockedStream(), begun);
        await begun.First;
        await bob.Mesh.DisposeAsync();
        Assert.AreEqual(ErrorCodes.PeerGone, (await Assert.ThrowsExactlyAsync<LoopException>(() => accepting)).Code);
        Assert.AreEqual(ErrorCodes.PeerGone, (await Assert.ThrowsExactlyAsync<LoopException>(() => sending)).Code);
    }

    [TestMethod]
    public async Task Key_change_during_a_relay_loses_nothing()
    {
        var (world, network) = await StartAsync();
        await using var _ = world;
        network.Cut();
        var (ada, bob) = await PairAsync(world, MeshPath.Relayed);
        var reading = bob.Mesh.Chat.MessagesAsync().Take(40).Select(static text => text.Message.Message).ToListAsync().AsTask();
        for (var number = 1; number <= 40; number++)
        {
            await ada.Mesh.Chat.SayAsync($"{number}");
            if (number % 10 == 0)
            {
                await ada.Room.RotateKeyAsync();
            }
        }

        await world.SoonAsync(reading);
        Assert.IsTrue((await reading).SequenceEqual(Enumerable.Range(1, 40).Select(static number => $"{number}")));
    }

    [TestMethod]
    public async Task Peer_that_crashes_and_comes_back_is_another_peer()
    {
        var (world, network) = await StartAsync();
        await using var _ = world;
        var (ada, bob) = await PairAsync(world, MeshPath.Direct);
        var before = bob.Mesh.Id;

        // As if its process were killed: nobody hears a goodbye.
        network.Cut();
        bob.Device.Link.IsRefusing = true;
        bob.Device.Link.Cut();
        await world.SoonAsync(ada.PeersAsync(static peers => peers.Count == 0));
        network.Restore();
        var again = await world.GuestAsync("Bob");
        await world.SoonAsync(Task.WhenAll(ada.PeerAsync(again), again.PeerAsync(ada)));
        Assert.AreNotEqual(before, again.Mesh.Id);
    }

    // The network's clock may be the world's, which is made with it.
    private async Task<(MeshWorld World, IBreakablePaths Network)> StartAsync()
    {
        IBreakablePaths? network = null;
        var world = await MeshWorld.StartAsync(host => network!.CreateFactory(host), Step);
        network = CreateNetwork(world.Clock);
        return (world, network);
    }

    private static async Task<(MeshUser Ada, MeshUser Bob)> PairAsync(MeshWorld world, MeshPath path)
    {
        var ada = await world.OwnerAsync();
        var bob = await world.GuestAsync("Bob");

        // An engine whose time flies may find no path at its first attempt on a busy machine: then it takes the mesh's clock to try again.
        await world.SoonAsync(Task.WhenAll(ada.PeerAsync(bob, peer => peer.Path == path), bob.PeerAsync(ada, peer => peer.Path == path)));
        return (ada, bob);
    }

    private static async Task SendFileAsync(MeshUser from, MeshUser to, int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        var sending = from.Mesh.Files.SendAsync(to.Mesh.Id, "file", new MemoryStream(content));
        var offer = await to.Mesh.Files.OffersAsync().FirstAsync();
        var written = new MemoryStream();
        await Task.WhenAll(sending, offer.AcceptAsync(written));
        Assert.IsTrue(written.ToArray().AsSpan().SequenceEqual(content));
    }
}
