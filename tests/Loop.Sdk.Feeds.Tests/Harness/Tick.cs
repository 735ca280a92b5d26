namespace Loop.Sdk.Feeds.Tests.Harness;

public sealed record Tick(int Number, string Key, string Padding);
