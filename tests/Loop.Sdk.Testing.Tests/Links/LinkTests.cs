using System.Text;

namespace Loop.Sdk.Testing.Tests.Links;

[TestClass]
public sealed class LinkTests
{
    private readonly FakeClock _clock = new();
    private readonly BreakableLink _link;
    private readonly byte[] _buffer = new byte[64];

    public LinkTests() => _link = new BreakableLink(_clock);

    [TestMethod]
    public async Task Bytes_arrive_at_the_other_end_when_nothing_is_wrong()
    {
        var (client, server) = _link.Connect();

        await SendAsync(client, "question");
        Assert.AreEqual("question", await ReceiveAsync(server));
        await SendAsync(server, "answer");
        Assert.AreEqual("answer", await ReceiveAsync(client));
    }

    [TestMethod]
    public async Task What_was_sent_arrives_before_the_end_when_one_end_closes()
    {
        var (client, server) = _link.Connect();
        await SendAsync(client, "last");

        await client.DisposeAsync();

        Assert.AreEqual("last", await ReceiveAsync(server));
        Assert.AreEqual("", await ReceiveAsync(server));
        await Assert.ThrowsExactlyAsync<IOException>(() => SendAsync(server, "too late"));
    }

    [TestMethod]
    public async Task Both_ends_fail_when_the_link_is_cut()
    {
        var (client, server) = _link.Connect();
        await SendAsync(client, "on its way");
        var reading = ReceiveAsync(client);

        _link.Cut();

        await Assert.ThrowsExactlyAsync<IOException>(() => reading);
        await Assert.ThrowsExactlyAsync<IOException>(() => ReceiveAsync(server));
        await Assert.ThrowsExactlyAsync<IOException>(() => SendAsync(client, "more"));
        await Assert.ThrowsExactlyAsync<IOException>(() => SendAsync(server, "more"));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(5)]
    [DataRow(6)]
    public async Task Exactly_so_many_bytes_arrive_when_the_link_is_cut_after_them(int bytes)
    {
        var (client, server) = _link.Connect();
        _link.CutAfter(LinkDirection.ToServer, bytes);

        await TrySendAsync(client, "abc");
        await TrySendAsync(client, "defg");
        await TrySendAsync(server, "vanishes");

        var received = new StringBuilder();
        await Assert.ThrowsExactlyAsync<IOException>(async () =>
        {
            while (true)
            {
                received.Append(await ReceiveAsync(server));
            }
        });
        Assert.AreEqual("abcdefg"[..bytes], received.ToString());
        await Assert.ThrowsExactlyAsync<IOException>(() => ReceiveAsync(client));
        await Assert.ThrowsExactlyAsync<IOException>(() => SendAsync(server, "more"));
    }

    [TestMethod]
    public async Task The_next_connection_is_cut_when_there_is_none_yet()
    {
        _link.CutAfter(LinkDirection.ToServer, 3);
        var (client, server) = _link.Connect();
        await TrySendAsync(client, "abcdef");

        Assert.AreEqual("abc", await ReceiveAsync(server));
        await Assert.ThrowsExactlyAsync<IOException>(() => ReceiveAsync(server));
        var (fresh, freshServer) = _link.Connect();
        await SendAsync(fresh, "abcdef");
        Assert.AreEqual("abcdef", await ReceiveAsync(freshServer));
    }

    [TestMethod]
    public async Task Nothing_arrives_and_nobody_learns_of_it_when_the_link_is_frozen()
    {
        var (client, server) = _link.Connect();
        var reading = ReceiveAsync(server);
        _link.IsFrozen = true;

        await SendAsync(client, "lost");
        await client.DisposeAsync();
        await SendAsync(server, "lost as well");

        Assert.IsFalse(reading.IsCompleted);
    }

    [TestMethod]
    public async Task Nothing_follows_a_hole_when_the_link_thaws()
    {
        var (client, server) = _link.Connect();
        _link.IsFrozen = true;
        await SendAsync(client, "lost");
        _link.IsFrozen = false;

        await SendAsync(client, "must not arrive");
        var reading = ReceiveAsync(server);
        Assert.IsFalse(reading.IsCompleted);

        var (fresh, freshServer) = _link.Connect();
        await SendAsync(fresh, "arrives");
        Assert.AreEqual("arrives", await ReceiveAsync(freshServer));
    }

    [TestMethod]
    public async Task An_end_stops_waiting_when_it_is_disposed_of_on_a_frozen_link()
    {
        var (client, _) = _link.Connect();
        _link.IsFrozen = true;
        var reading = ReceiveAsync(client);

        await client.DisposeAsync();

        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => reading);
        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => SendAsync(client, "more"));
    }

    [TestMethod]
    public void Connections_are_refused_and_not_counted_when_the_link_refuses()
    {
        _link.Connect();
        _link.IsRefusing = true;
        Assert.ThrowsExactly<IOException>(() => _link.Connect());
        _link.IsRefusing = false;
        _link.Connect();

        Assert.AreEqual(2, _link.Connections);
    }

    [TestMethod]
    public async Task Waiting_for_connections_ends_when_there_are_so_many()
    {
        var waiting = _link.WaitForConnectionsAsync(2);
        _link.Connect();
        Assert.IsFalse(waiting.IsCompleted);
        _link.Connect();

        await waiting;
        await _link.WaitForConnectionsAsync(1);
    }

    [TestMethod]
    public async Task A_writer_waits_when_nobody_reads_and_fails_when_the_link_is_cut()
    {
        var (client, _) = _link.Connect();
        var writing = client.WriteAsync(new byte[1024 * 1024]).AsTask();
        Assert.IsFalse(writing.IsCompleted);

        _link.Cut();

        await Assert.ThrowsExactlyAsync<IOException>(() => writing);
    }

    private static Task SendAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    private static async Task TrySendAsync(Stream stream, string text)
    {
        try
        {
            await SendAsync(stream, text);
        }
        catch (IOException)
        {
            // What a sender learns of a cut, and when, is left open.
        }
    }

    private async Task<string> ReceiveAsync(Stream stream) => Encoding.ASCII.GetString(_buffer.AsSpan(0, await stream.ReadAsync(_buffer)));
}
