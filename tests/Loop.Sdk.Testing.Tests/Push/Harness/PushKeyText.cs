using System.Text;

namespace Loop.Sdk.Testing.Tests.Push.Harness;

internal static class PushKeyText
{
    public static string Of(ReadOnlyMemory<byte> document) => Encoding.UTF8.GetString(document.Span);
}
