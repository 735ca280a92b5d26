namespace Loop.Sdk.Server.Storage;

/// <summary>A receipt.</summary>
/// <param name="Sequence">Its place among all receipts.</param>
/// <param name="Message">The message's id.</param>
/// <param name="Outcome">How the message ended.</param>
/// <param name="At">When.</param>
public sealed record PushReceiptRecord(long Sequence, string Message, PushOutcome Outcome, long At);
