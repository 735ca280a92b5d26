using System.Runtime.InteropServices;

namespace Loop.Sdk.Local;

/// <summary>What .NET does not say of files and processes.</summary>
internal static partial class Libc
{
    public const int Terminate = 15;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Signal(int process, int signal);

    /// <summary>Linux's own, whose answer has the same layout on all machines: user at 20, mode at 28.</summary>
    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Status(int folder, string path, int flags, uint mask, Span<byte> answer);
}
