using System.Reflection;
using System.Runtime.InteropServices;

namespace Loop.Sdk.WebRtc.Dtls;

/// <summary>Finds OpenSSL 3, whose file is named differently on each system.</summary>
internal static class OpenSslLibrary
{
    public const string Ssl = "loop-libssl";
    public const string Crypto = "loop-libcrypto";

    private static readonly string[] SslNames = ["libssl.so.3", "libssl.3.dylib", "libssl-3-x64.dll", "libssl-3-arm64.dll"];
    private static readonly string[] CryptoNames = ["libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll", "libcrypto-3-arm64.dll"];

    public static nint Resolve(string library, Assembly assembly, DllImportSearchPath? path) => library switch
    {
        Ssl => Load(SslNames, path),
        Crypto => Load(CryptoNames, path),
        _ => 0,
    };

    /// <summary>Loads the first of the libraries that is there.</summary>
    /// <exception cref="PlatformNotSupportedException">None is; the message says what to install.</exception>
    public static nint Load(ReadOnlySpan<string> names, DllImportSearchPath? path)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(OpenSslLibrary).Assembly, path, out var handle))
            {
                return handle;
            }
        }

        throw new PlatformNotSupportedException(
            $"WebRTC connections need OpenSSL 3, and {names[0]} was not found. Install it: 'apt install libssl3' (Debian, Ubuntu), 'apk add libssl3' (Alpine), "
            + "'dnf install openssl-libs' (Fedora, RHEL), 'brew install openssl@3' (macOS).");
    }
}
