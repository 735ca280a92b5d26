namespace Loop.Sdk.Generators.Emission;

/// <summary>The attributes that keep generated code out of coverage and analysis.</summary>
internal static class GeneratedMarks
{
    private static readonly string Version = typeof(GeneratedMarks).Assembly.GetName().Version!.ToString(3);

    public static void Write(SourceWriter writer) => writer
        .Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"Loop.Sdk.Generators\", \"{Version}\")]")
        .Line("[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]");
}
