using Loop.Sdk.Contracts;
using Loop.Sdk.Feeds;

namespace Loop.Sdk.Presence;

/// <summary>
/// Who is here: <c>loop.presence/1</c>. A member is a session that entered a scope, shown under a user; see <c>docs/presence.md</c>. Besides the codes named at a method, each
/// fails with <c>invalid_request</c> for a value that is missing, malformed or out of range, with <c>invalid_scope</c> for a scope that is not written as
/// <see cref="ScopeRef"/> says, and with <c>scope_refused</c> for one that this session may not use so; whether anybody is in it cannot be told from that.
/// </summary>
[Contract("loop.presence/1", typeof(PresenceJson))]
public partial interface IPresence
{
    /// <summary>
    /// Makes this session a member. It stays one until it leaves, the session ends, or its connection is away for longer than the server's grace. An entry of the same user and
    /// <see cref="EnterScope.Instance"/> is taken over and keeps its id: nobody hears of it, or of an update if the data is another.
    /// </summary>
    /// <param name="entry">Where, and with which data.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>already_present</c>: this session is in the scope; <c>data_too_large</c>, <c>too_many_scopes</c>, <c>scope_full</c>.</exception>
    [ContractMethod(1)]
    Task<EnteredScope> EnterAsync(EnterScope entry, CancellationToken cancellationToken = default);

    /// <summary>Gives this session's member other data. Never a leave and an enter; the same data changes nothing.</summary>
    /// <param name="update">Where, and the data.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_present</c>, <c>data_too_large</c>.</exception>
    [ContractMethod(2)]
    Task UpdateAsync(UpdateMember update, CancellationToken cancellationToken = default);

    /// <summary>Ends this session's membership, with the reason <see cref="LeaveReason.Left"/>. Nobody can leave for another.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_present</c>.</exception>
    [ContractMethod(3)]
    Task LeaveAsync(ScopeRef scope, CancellationToken cancellationToken = default);

    /// <summary>
    /// Who is in a scope, and every change in order. A scope that nobody is in can be watched. When a scope becomes so large that it is shown in part, or no longer is, a fresh
    /// snapshot follows.
    /// </summary>
    /// <param name="scope">Which.</param>
    /// <exception cref="LoopException">While enumerating: <c>scope_refused</c>: also when the right to watch ends; <c>too_many_scopes</c>: of those that this session watches.</exception>
    [ContractMethod(4)]
    IFeed<PresenceSnapshot, PresenceDiff> Watch(WatchScope scope);

    /// <summary>Who is in a scope now, without following it.</summary>
    /// <param name="scope">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [ContractMethod(5, Idempotent = true)]
    Task<PresenceSnapshot> GetAsync(ScopeRef scope, CancellationToken cancellationToken = default);

    /// <summary>Ends somebody's membership, with the reason <see cref="LeaveReason.Kicked"/>. For those to whom the scope's rule allows it. Whoever may enter can enter again.</summary>
    /// <param name="kick">Whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoopException"><c>not_present</c>: nobody has that id.</exception>
    [ContractMethod(6)]
    Task KickAsync(KickMember kick, CancellationToken cancellationToken = default);

    /// <summary>
    /// Where this session is present, by scope, and where it was until its membership was ended for it. A scope that is not there was never entered by this session, was left, or is
    /// lost: a new session begins with none.
    /// </summary>
    [ContractMethod(7)]
    IFeed<KeyedSnapshot<OwnPlace>, KeyedChange<string, OwnPlace>> Own();
}
