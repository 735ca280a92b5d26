using Microsoft.CodeAnalysis.Text;

namespace Loop.Sdk.Generators.Tests.Harness;

/// <summary>Source text in which <c>[|</c> and <c>|]</c> mark where a diagnostic is expected.</summary>
internal sealed class MarkedSource
{
    private const string Start = "[|";
    private const string End = "|]";

    public MarkedSource(string marked)
    {
        var start = marked.IndexOf(Start, StringComparison.Ordinal);
        var end = marked.IndexOf(End, StringComparison.Ordinal) - Start.Length;
        Assert.IsTrue(start >= 0 && end > start, "The source marks no place.");
        Text = marked.Replace(Start, "", StringComparison.Ordinal).Replace(End, "", StringComparison.Ordinal);
        Span = TextSpan.FromBounds(start, end);
    }

    public string Text { get; }

    public TextSpan Span { get; }
}
