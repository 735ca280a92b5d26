using Loop.Sdk.Sessions;

namespace Loop.Sdk.Harness;

/// <summary>Two ends with a link between them that carries everything at once, when told to.</summary>
internal sealed class TestPair
{
    public TestPair(SessionOptions? client = null, SessionOptions? server = null)
    {
        Client = new TestPeer(SessionSide.Client, client, (server ?? new()).Limits);
        Server = new TestPeer(SessionSide.Server, server, (client ?? new()).Limits);
    }

    public TestPeer Client { get; }

    public TestPeer Server { get; }

    /// <summary>Opens a stream and brings it to the server.</summary>
    public (TestStream Caller, TestStream Callee) Open(bool end = false, TestStream? stream = null)
    {
        var caller = Client.Open(default, end, stream);
        Pump();
        return (caller, Server.Accepted[^1]);
    }

    /// <summary>Carries bytes both ways until there are no more.</summary>
    public void Pump()
    {
        while (Client.HasOutput || Server.HasOutput)
        {
            Server.Receive(Client.TakeAll());
            Client.Receive(Server.TakeAll());
        }
    }

    public void Pass(long milliseconds)
    {
        Client.Now += milliseconds;
        Server.Now += milliseconds;
    }

    public void Cut()
    {
        Client.TakeAll();
        Server.TakeAll();
        Client.Session.Detach();
        Server.Session.Detach();
    }

    public void Resume()
    {
        var (fromClient, fromServer) = (Client.Session.Received, Server.Session.Received);
        Client.Session.Attach(fromServer, Client.Now);
        Server.Session.Attach(fromClient, Server.Now);
        Pump();
    }

    public void CheckBooks()
    {
        SessionProbe.CheckBooks(Client.Session, Client.Options);
        SessionProbe.CheckBooks(Server.Session, Server.Options);
        Assert.AreEqual(SessionProbe.SendCredit(Client.Session), SessionProbe.ReceiveCredit(Server.Session));
        Assert.AreEqual(SessionProbe.SendCredit(Server.Session), SessionProbe.ReceiveCredit(Client.Session));
    }
}
