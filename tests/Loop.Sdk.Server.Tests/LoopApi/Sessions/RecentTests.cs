using System.Text;
using Loop.Sdk.Server.LoopApi;
using Loop.Sdk.Testing;

namespace Loop.Sdk.Server.Tests.LoopApi.Sessions;

[TestClass]
public sealed class RecentTests
{
    private const int Limit = 3;

    private readonly FakeClock _clock = new();
    private readonly Recent<string, HawkSession> _recent;

    public RecentTests() => _recent = new Recent<string, HawkSession>(_clock, Limit, static session => session.Key.Dispose());

    [TestMethod]
    public void Session_is_known_for_a_moment_from_its_reading_on()
    {
        var session = Session("a");
        _recent.Add(session.Id, session, _recent.Changes);
        Assert.AreSame(session, _recent.Find("a"));
        Assert.IsNull(_recent.Find("b"));
        _clock.Advance(Recent<string, HawkSession>.Moment - TimeSpan.FromMilliseconds(1));
        Assert.AreSame(session, _recent.Find("a"));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsNull(_recent.Find("a"));
    }

    [TestMethod]
    public void Session_that_was_ended_is_gone_at_once_with_its_key()
    {
        var (ended, other) = (Session("a"), Session("b"));
        _recent.Add(ended.Id, ended, _recent.Changes);
        _recent.Add(other.Id, other, _recent.Changes);
        _recent.Forget("a");
        Assert.IsNull(_recent.Find("a"));
        Assert.AreSame(other, _recent.Find("b"));
        Assert.AreEqual((true, false), (ended.Key.IsGone, other.Key.IsGone));
    }

    [TestMethod]
    public void Sessions_of_a_user_go_together()
    {
        HawkSession[] sessions = [Session("a", "ada"), Session("b", "bob"), Session("c", "ada")];
        Array.ForEach(sessions, session => _recent.Add(session.Id, session, _recent.Changes));
        _recent.ForgetAll(static session => session.User == "ada");
        Assert.AreEqual("gone here gone", string.Join(' ', sessions.Select(session => _recent.Find(session.Id) is null && session.Key.IsGone ? "gone" : "here")));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void What_was_read_before_an_end_is_not_remembered_after_it(bool user)
    {
        var changes = _recent.Changes;
        if (user)
        {
            _recent.ForgetAll(static session => session.User == "ada");
        }
        else
        {
            _recent.Forget("a");
        }

        _recent.Add("a", Session("a", "ada"), changes);
        Assert.IsNull(_recent.Find("a"));
        Assert.AreEqual(0, _recent.Count);
        _recent.Add("a", Session("a", "ada"), _recent.Changes);
        Assert.IsNotNull(_recent.Find("a"));
    }

    [TestMethod]
    public void Oldest_make_room_and_their_keys_are_overwritten()
    {
        var sessions = Enumerable.Range(0, 1000).Select(static number => Session($"{number}")).ToList();
        foreach (var session in sessions)
        {
            _recent.Add(session.Id, session, _recent.Changes);
            Assert.IsLessThanOrEqualTo(Limit, _recent.Count);
        }

        Assert.IsTrue(sessions.SkipLast(Limit).All(session => session.Key.IsGone && _recent.Find(session.Id) is null));
        Assert.IsTrue(sessions.TakeLast(Limit).All(session => !session.Key.IsGone && _recent.Find(session.Id) == session));
    }

    [TestMethod]
    public void Session_that_is_read_again_takes_the_place_of_the_old_one()
    {
        var (first, again) = (Session("a"), Session("a"));
        _recent.Add(first.Id, first, _recent.Changes);
        _clock.Advance(Recent<string, HawkSession>.Moment / 2);
        _recent.Add(again.Id, again, _recent.Changes);
        Assert.AreEqual((true, false, 1), (first.Key.IsGone, again.Key.IsGone, _recent.Count));
        _clock.Advance(Recent<string, HawkSession>.Moment / 2);
        _recent.Sweep();
        Assert.AreSame(again, _recent.Find("a"));
    }

    [TestMethod]
    public void Sweep_overwrites_the_keys_of_those_whose_moment_is_over()
    {
        var (old, young) = (Session("a"), Session("b"));
        _recent.Add(old.Id, old, _recent.Changes);
        _clock.Advance(Recent<string, HawkSession>.Moment);
        _recent.Add(young.Id, young, _recent.Changes);
        _recent.Sweep();
        Assert.AreEqual((true, false, 1), (old.Key.IsGone, young.Key.IsGone, _recent.Count));
        _clock.Advance(Recent<string, HawkSession>.Moment);
        _recent.Sweep();
        Assert.AreEqual((true, 0), (young.Key.IsGone, _recent.Count));
    }

    [TestMethod]
    public void Key_that_was_overwritten_signs_nothing()
    {
        var characters = Encoding.ASCII.GetBytes(new string('a', 64));
        using var key = new HawkKey(characters);
        Assert.IsTrue(HawkHeader.TryParse("id=\"x\", ts=\"1\", nonce=\"x\", mac=\"x\"", out var header, out _));
        var target = new HawkTarget("GET", "/", "localhost", 80);
        Assert.IsNotNull(key.Sign(header, target));
        Assert.IsNotNull(key.Sign(1));
        key.Dispose();
        Assert.IsNull(key.Sign(header, target));
        Assert.IsNull(key.Sign(1));
        Assert.IsTrue(characters.All(static character => character == 0));
    }

    private static HawkSession Session(string id, string user = "nobody") => new(id, user, null, new HawkKey(new byte[64]), 1);
}
