using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Loop.Sdk.Generators.Diagnostics;

/// <summary>A location by value. The compiler's own holds on to a syntax tree and is never equal to that of the next edit.</summary>
internal sealed record LocationInfo(string FilePath, TextSpan Span, LinePositionSpan LineSpan)
{
    public static LocationInfo Of(Location location) => new(location.GetLineSpan().Path, location.SourceSpan, location.GetLineSpan().Span);

    public Location ToLocation() => Location.Create(FilePath, Span, LineSpan);
}
