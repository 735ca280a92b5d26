using System.Runtime.CompilerServices;
using Loop.Sdk.Sessions;

namespace Loop.Sdk.Harness;

/// <summary>Looks at a session's books, and checks that they balance: every byte of a window is in exactly one place.</summary>
internal static class SessionProbe
{
    public static int SendCredit(Session session) => SendCreditOf(session);

    public static int ReceiveCredit(Session session) => ReceiveCreditOf(session);

    public static int Assembling(Session session) => AssemblingOf(session);

    public static void CheckBooks(Session session, SessionOptions options)
    {
        if (session.Closed is not null)
        {
            // Credit is of no use any more, so nothing is given back when a session closes.
            return;
        }

        var held = 0;
        var reserved = 0;
        foreach (var stream in StreamsOf(session)?.Values ?? Enumerable.Empty<SessionStream>())
        {
            var kept = stream.Unconsumed - stream.Prepaid + stream.Deferred;
            held += kept;
            reserved += stream.Assembly?.Reserved ?? 0;
            Require(stream.ReceiveCredit >= 0, "a stream's credit is below zero");
            Require(stream.ReceiveCredit + stream.Consumed + kept == stream.ReceiveWindow, "a stream's window does not add up");
            Require(stream.ReceiveWindow <= Math.Max(options.MaxStreamWindow, options.Limits.StreamWindow), "a stream's window is too large");
        }

        Require(reserved == AssemblingOf(session), "the assembly budget does not add up");
        Require(ReceiveCreditOf(session) + ConsumedOf(session) + held == options.Limits.SessionWindow, "the session's window does not add up");
    }

    private static void Require(bool condition, string broken)
    {
        if (!condition)
        {
            throw new InvalidOperationException(broken);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_sendCredit")]
    private static extern ref int SendCreditOf(Session session);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_receiveCredit")]
    private static extern ref int ReceiveCreditOf(Session session);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_consumed")]
    private static extern ref int ConsumedOf(Session session);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_assembling")]
    private static extern ref int AssemblingOf(Session session);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_streams")]
    private static extern ref Dictionary<ulong, SessionStream>? StreamsOf(Session session);
}
