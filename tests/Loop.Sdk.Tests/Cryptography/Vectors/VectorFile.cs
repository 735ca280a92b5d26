using System.Text.Json;

namespace Loop.Sdk.Cryptography.Vectors;

/// <summary>Reads the vectors that stand beside the documents, so that these and the code cannot drift apart.</summary>
internal static class VectorFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static LoopV2Vectors LoopV2 { get; } = Read<LoopV2Vectors>("loop-v2.json");

    public static AesGcmVectors AesGcm { get; } = Read<AesGcmVectors>("aes-gcm.json");

    public static XaesVectors Xaes { get; } = Read<XaesVectors>("xaes-256-gcm.json");

    public static HpkeVector Hpke { get; } = Read<HpkeVector>("hpke.json");

    public static byte[] Hex(string text) => Convert.FromHexString(text);

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private static T Read<T>(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "docs", "vectors", name);
            if (File.Exists(file))
            {
                return JsonSerializer.Deserialize<T>(File.ReadAllText(file), Options)!;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
