namespace Loop.Sdk.Server.Storage;

/// <summary>One step of the file's format. A step that was released is never changed.</summary>
/// <param name="Version">The file's <c>user_version</c> after the step. Numbers are the file's, not the feature's: 1, 2, 3, whoever contributes them.</param>
/// <param name="Sql">What the step does, in one transaction with the change of the version.</param>
internal sealed record SqliteMigration(int Version, string Sql);
