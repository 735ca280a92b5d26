namespace Loop.Sdk.Feeds.Tests.Harness;

public sealed record Note(string Id, string Text);
