using Loop.Sdk.Frames;

namespace Loop.Sdk.Specification;

/// <summary>The frame kinds by the names that the specification gives them.</summary>
internal static class SpecKinds
{
    public static string NameOf(FrameKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    public static FrameKind Parse(string name) => Enum.GetValues<FrameKind>().Single(kind => NameOf(kind) == name);
}
