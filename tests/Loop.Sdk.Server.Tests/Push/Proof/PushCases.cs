namespace Loop.Sdk.Server.Tests.Push.Proof;

/// <summary>
/// The cases of the integration suite of Mozilla's service, under their names there, that can be told of a server which is one process: 35 of 47. The others are about its reports of failures
/// (3), its tracking of messages (2), its service for broadcasts (5) and its ways to other services (2).
/// </summary>
internal static class PushCases
{
    /// <summary>What a test says of itself which is such a case.</summary>
    public const string Property = "case";

    public static IReadOnlyList<string> All { get; } =
    [
        "hello_echo", "hello_with_bad_prior_uaid",
        "basic_delivery", "topic_basic_delivery", "topic_replacement_delivery", "topic_no_delivery_on_reconnect",
        "basic_delivery_with_vapid", "basic_delivery_with_invalid_vapid", "basic_delivery_with_invalid_vapid_exp", "basic_delivery_with_invalid_vapid_auth", "basic_delivery_with_invalid_signature", "basic_delivery_with_invalid_vapid_ckey",
        "delivery_repeat_without_ack", "repeat_delivery_with_disconnect_without_ack", "multiple_delivery_repeat_without_ack", "topic_expired", "multiple_delivery_with_single_ack", "multiple_delivery_with_multiple_ack",
        "no_delivery_to_unregistered", "ttl_0_connected", "ttl_0_not_connected", "ttl_expired", "ttl_batch_expired_and_good_one", "ttl_batch_partly_expired_and_good_one",
        "message_without_crypto_headers", "empty_message_without_crypto_headers", "empty_message_with_crypto_headers", "big_message", "delete_saved_notification",
        "with_key", "empty_vapid", "with_bad_key", "msg_limit", "can_moz_ping", "internal_endpoints",
    ];
}
