namespace Loop.Sdk.Server.Push;

/// <summary>Receipts as their reader gets them.</summary>
internal sealed record PushReceiptsView(IReadOnlyList<PushReceiptView> Receipts);
