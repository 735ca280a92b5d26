namespace Loop.Sdk;

/// <summary>The codes that the channel itself uses. They never change their meaning.</summary>
public static class ErrorCodes
{
    /// <summary>The peer cancelled the call.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The call's deadline passed.</summary>
    public const string DeadlineExceeded = "deadline_exceeded";

    /// <summary>The handler failed in a way that is not told to the peer.</summary>
    public const string Internal = "internal";

    /// <summary>The payload does not fit the method's type.</summary>
    public const string InvalidPayload = "invalid_payload";

    /// <summary>The server has no such contract, or not for this caller.</summary>
    public const string UnknownService = "unknown_service";

    /// <summary>The contract has no method with this number.</summary>
    public const string UnknownMethod = "unknown_method";

    /// <summary>Who calls is not known, or the credentials are wrong or expired.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>Who calls may not do this.</summary>
    public const string PermissionDenied = "permission_denied";

    /// <summary>A rate limit was exceeded; retry later.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>Too many streams, or too much queued; retry later.</summary>
    public const string ResourceExhausted = "resource_exhausted";

    /// <summary>A message is larger than the receiver takes.</summary>
    public const string MessageTooLarge = "message_too_large";

    /// <summary>The session could not be resumed: whether the call took effect is not known.</summary>
    public const string SessionLost = "session_lost";

    /// <summary>There is no connection, and the call could not wait for one.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The channel was disposed or stopped for good.</summary>
    public const string Closed = "closed";

    /// <summary>The peer broke the protocol.</summary>
    public const string ProtocolError = "protocol_error";

    /// <summary>A frame is larger than the limit.</summary>
    public const string FrameTooLarge = "frame_too_large";

    /// <summary>The peer sent more than it was given credit for.</summary>
    public const string CreditViolation = "credit_violation";

    /// <summary>A stream id was used again, or is of the wrong side.</summary>
    public const string InvalidStreamId = "invalid_stream_id";

    /// <summary>The first frame was not a hello, or came too late.</summary>
    public const string HelloExpected = "hello_expected";

    /// <summary>The hello cannot be read or asks for something impossible.</summary>
    public const string InvalidHello = "invalid_hello";

    /// <summary>The connection is served by neither this subprotocol nor this version.</summary>
    public const string UnsupportedProtocol = "unsupported_protocol";

    /// <summary>The browser's origin is not allowed.</summary>
    public const string OriginNotAllowed = "origin_not_allowed";

    /// <summary>The resume secret is not the current one, or belongs to another principal.</summary>
    public const string ResumeRefused = "resume_refused";

    /// <summary>The session was taken over by a newer connection.</summary>
    public const string Fenced = "fenced";

    /// <summary>The peer was silent for too long.</summary>
    public const string KeepAliveTimeout = "keep_alive_timeout";

    /// <summary>More is unacknowledged than the replay buffer holds.</summary>
    public const string ReplayOverflow = "replay_overflow";

    /// <summary>A subscriber was too slow, and its stream promises to lose nothing.</summary>
    public const string SlowConsumer = "slow_consumer";

    /// <summary>The credentials now name somebody else.</summary>
    public const string PrincipalChanged = "principal_changed";

    /// <summary>The server is going away; connect again elsewhere or later.</summary>
    public const string Draining = "draining";

    /// <summary>A link to a room is malformed, or cut off.</summary>
    public const string InvalidLink = "invalid_link";

    /// <summary>A key is malformed: of another length, not on its curve, or no key at all.</summary>
    public const string InvalidKey = "invalid_key";

    /// <summary>Ciphertext is malformed or cut off, or of a kind that is not known.</summary>
    public const string InvalidEnvelope = "invalid_envelope";

    /// <summary>What was decrypted is no room's context.</summary>
    public const string InvalidContext = "invalid_context";

    /// <summary>Content is longer than is sealed or opened.</summary>
    public const string ContentTooLarge = "content_too_large";

    /// <summary>The ciphertext was made with another key. The room can be used, but this cannot be read.</summary>
    public const string WrongKey = "wrong_key";

    /// <summary>The ciphertext was changed, or belongs to another room, field, item, version or author.</summary>
    public const string Tampered = "tampered";

    /// <summary>The room's key was changed, and the new one is not known.</summary>
    public const string UnknownEpoch = "unknown_epoch";

    /// <summary>The ciphertext was made with a key that the room no longer uses.</summary>
    public const string StaleEpoch = "stale_epoch";

    /// <summary>The version is not newer than one that was seen before: an older one was put back, or a message was repeated.</summary>
    public const string StaleVersion = "stale_version";

    /// <summary>The content was not signed by the one who is said to have written it.</summary>
    public const string ForgedAuthor = "forged_author";

    /// <summary>The author's keys are not known: nobody of that id was announced. So it cannot be said whether the content is theirs.</summary>
    public const string UnknownAuthor = "unknown_author";

    /// <summary>The room's key is not known: the link had none, or one of the original envelope, which timelines do not use.</summary>
    public const string NoKey = "no_key";

    /// <summary>The server's store was written by a newer version of the software.</summary>
    public const string StoreTooNew = "store_too_new";

    /// <summary>The server's store is damaged, or is no database at all. It was not changed.</summary>
    public const string StoreDamaged = "store_damaged";

    /// <summary>The server's store is a database of another application. It was not changed.</summary>
    public const string StoreForeign = "store_foreign";

    /// <summary>The server's store cannot be read or written now: the disk is full or fails, the file is locked or may not be written.</summary>
    public const string StoreUnavailable = "store_unavailable";

    /// <summary>A value is missing, malformed, or longer than is stored.</summary>
    public const string InvalidRecord = "invalid_record";

    /// <summary>A value of a request is missing, malformed or out of range.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>There is no such room, or it has expired.</summary>
    public const string RoomNotFound = "room_not_found";

    /// <summary>The room was deleted, or has expired, while somebody was following it.</summary>
    public const string RoomGone = "room_gone";

    /// <summary>The room is not as expected: it was changed meanwhile, or something newer is there.</summary>
    public const string RoomConflict = "room_conflict";

    /// <summary>No seat is free; one is kept for the owner.</summary>
    public const string RoomFull = "room_full";

    /// <summary>More are in the room than the client that joins can be with.</summary>
    public const string TooManyForClient = "too_many_for_client";

    /// <summary>The room is locked: only those who are in it, and the owner, may join.</summary>
    public const string RoomLocked = "room_locked";

    /// <summary>The account has as many rooms as it may have.</summary>
    public const string TooManyRooms = "too_many_rooms";

    /// <summary>The token of a room was not given out on this session, or has been used.</summary>
    public const string TokenNotReserved = "token_not_reserved";

    /// <summary>Only the room's owner may do this.</summary>
    public const string NotOwner = "not_owner";

    /// <summary>Somebody is not in the room: who calls, on this session, or whom the call names.</summary>
    public const string NotParticipant = "not_participant";

    /// <summary>The participation has expired.</summary>
    public const string ParticipationExpired = "participation_expired";

    /// <summary>The owner removed the participant from the room.</summary>
    public const string Kicked = "kicked";

    /// <summary>The owner does not let this account or guest in any more.</summary>
    public const string Barred = "barred";

    /// <summary>This needs an account, and who calls, or whom the call names, has none.</summary>
    public const string AccountRequired = "account_required";

    /// <summary>The guest's credential is not known, has expired, or was ended.</summary>
    public const string GuestRefused = "guest_refused";

    /// <summary>The guest's credential is for another room.</summary>
    public const string GuestScope = "guest_scope";

    /// <summary>The member id is somebody else's, or was not announced by who calls.</summary>
    public const string MemberTaken = "member_taken";

    /// <summary>A name is too long, or holds what could mislead its readers.</summary>
    public const string InvalidName = "invalid_name";

    /// <summary>There is no such entry in the timeline, or it was removed.</summary>
    public const string EntryNotFound = "entry_not_found";

    /// <summary>The entry has another version than expected, or was deleted.</summary>
    public const string EntryConflict = "entry_conflict";

    /// <summary>This session may not enter, watch or kick in the scope. Whether anybody is in it cannot be told from that.</summary>
    public const string ScopeRefused = "scope_refused";

    /// <summary>A scope is not written as it has to be: <c>kind:name</c>.</summary>
    public const string InvalidScope = "invalid_scope";

    /// <summary>The session is in the scope already.</summary>
    public const string AlreadyPresent = "already_present";

    /// <summary>Somebody is not in the scope: this session, or whom the call names.</summary>
    public const string NotPresent = "not_present";

    /// <summary>A member's data is longer than the server takes.</summary>
    public const string DataTooLarge = "data_too_large";

    /// <summary>The session is in as many scopes, or watches as many, as it may.</summary>
    public const string TooManyScopes = "too_many_scopes";

    /// <summary>The scope has as many members as it may have.</summary>
    public const string ScopeFull = "scope_full";

    /// <summary>The account granted as many applications as it may.</summary>
    public const string TooManyGrants = "too_many_grants";

    /// <summary>The host knows no such application.</summary>
    public const string ApplicationNotFound = "application_not_found";

    /// <summary>This is for the sessions of applications.</summary>
    public const string ApplicationRequired = "application_required";

    /// <summary>Nobody granted that id to the application, or not any more.</summary>
    public const string PersonNotFound = "person_not_found";

    /// <summary>A push message was encrypted for other keys, or changed on its way; the two cannot be told apart.</summary>
    public const string Undecryptable = "undecryptable";

    /// <summary>Who posts a push message could not be verified (VAPID): the message says which part is wrong.</summary>
    public const string VapidRefused = "vapid_refused";

    /// <summary>The session did not say which agent it is, or the agent was removed.</summary>
    public const string AgentRequired = "agent_required";

    /// <summary>A newer session is the same agent.</summary>
    public const string AgentReplaced = "agent_replaced";

    /// <summary>The agent has no such subscription.</summary>
    public const string SubscriptionNotFound = "subscription_not_found";

    /// <summary>A subscription that there was is gone, and with it its endpoint.</summary>
    public const string SubscriptionLost = "subscription_lost";

    /// <summary>The channel has a subscription with another key.</summary>
    public const string SubscriptionConflict = "subscription_conflict";

    /// <summary>The agent has as many subscriptions as it may have.</summary>
    public const string TooManySubscriptions = "too_many_subscriptions";

    /// <summary>It is no session description, or none that can be connected to.</summary>
    public const string InvalidDescription = "invalid_description";

    /// <summary>It is no ICE candidate.</summary>
    public const string InvalidCandidate = "invalid_candidate";

    /// <summary>The peer connection is in no state for that.</summary>
    public const string InvalidState = "invalid_state";

    /// <summary>The id of a data channel is in use.</summary>
    public const string ChannelConflict = "channel_conflict";

    /// <summary>No path to the peer was found, or the path was lost.</summary>
    public const string NoPath = "no_path";

    /// <summary>The peer's certificate is not the one that its description names.</summary>
    public const string WrongFingerprint = "wrong_fingerprint";

    /// <summary>Nobody in the room has that participation, or not any more.</summary>
    public const string PeerNotFound = "peer_not_found";

    /// <summary>The peer does not want the file.</summary>
    public const string FileDeclined = "file_declined";

    /// <summary>What arrived is not what was sent: the file's checksum differs.</summary>
    public const string FileCorrupted = "file_corrupted";

    /// <summary>The peer has left, or its connection was lost for good.</summary>
    public const string PeerGone = "peer_gone";

    /// <summary>It is no absolute URL, or one of a scheme that nobody can go to, such as <c>javascript:</c> or <c>data:</c>.</summary>
    public const string InvalidUrl = "invalid_url";

    /// <summary>A time is before 1990, or too far ahead of the server's clock.</summary>
    public const string InvalidTime = "invalid_time";

    /// <summary>The account has no such session of a user agent.</summary>
    public const string SessionNotFound = "session_not_found";

    /// <summary>The session of a user agent has ended.</summary>
    public const string SessionEnded = "session_ended";

    /// <summary>The account has no such session of a user agent from which another could have come.</summary>
    public const string AncestorNotFound = "ancestor_not_found";

    /// <summary>The key of a write was used for a write of another kind.</summary>
    public const string KeyConflict = "key_conflict";

    /// <summary>As many sessions of user agents are open in the account as may be.</summary>
    public const string TooManySessions = "too_many_sessions";

    /// <summary>The account has as many stars as it may have.</summary>
    public const string TooManyStars = "too_many_stars";

    /// <summary>A file to be imported is not what it should be, or damaged. Nothing of it was imported.</summary>
    public const string InvalidImport = "invalid_import";

    /// <summary>A local socket, or its folder, belongs to another user, is open to others, or is something else. Nothing was connected to, and nothing changed.</summary>
    public const string UnsafePath = "unsafe_path";

    /// <summary>Another program listens on the socket.</summary>
    public const string AddressInUse = "address_in_use";
}
