namespace Loop.Bench.Load.Client;

/// <summary>A session that can move a large payload as one logical message.</summary>
internal interface ITransferConnection : IClientConnection
{
    /// <summary>Completes when the server has all of it.</summary>
    Task UploadAsync(ReadOnlyMemory<byte> payload);

    /// <summary>Completes when all of it has arrived.</summary>
    Task DownloadAsync(int bytes);
}
