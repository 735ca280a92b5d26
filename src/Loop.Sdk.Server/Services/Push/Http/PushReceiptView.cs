using System.Globalization;
using Loop.Sdk.Server.Storage;
using Microsoft.AspNetCore.Http;

namespace Loop.Sdk.Server.Push;

/// <summary>A receipt as its reader gets it: the status is the one of RFC 8030, the outcome says more.</summary>
internal sealed record PushReceiptView(long Sequence, string Message, int Status, string Outcome, string At)
{
    public static PushReceiptView Of(PushReceiptRecord receipt, PushAddresses addresses) => new(
        receipt.Sequence,
        addresses.OfMessage(receipt.Message),
        receipt.Outcome == PushOutcome.Delivered ? StatusCodes.Status204NoContent : StatusCodes.Status410Gone,
        receipt.Outcome switch
        {
            PushOutcome.Delivered => "delivered",
            PushOutcome.DecryptionFailed => "decryptionFailed",
            PushOutcome.NotDelivered => "notDelivered",
            PushOutcome.Expired => "expired",
            _ => "unregistered",
        },
        DateTimeOffset.FromUnixTimeMilliseconds(receipt.At).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
}
