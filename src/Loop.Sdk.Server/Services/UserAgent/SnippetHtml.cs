using System.Text;
using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.UserAgent;

/// <summary>Texts as HTML that does nothing wherever it is put: escaped, with <c>b</c> elements around what was found.</summary>
internal static class SnippetHtml
{
    public static string? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var html = new StringBuilder(text.Length + 32);
        foreach (var character in text)
        {
            _ = character switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                SearchSnippet.Begin => html.Append("<b>"),
                SearchSnippet.End => html.Append("</b>"),
                _ => html.Append(character),
            };
        }

        return html.ToString();
    }
}
