namespace Loop.Sdk.InteropTests.WebRtc.Peers;

/// <summary>The scripts that peers run.</summary>
internal static class PeerScripts
{
    public static string Read(string name)
    {
        using var stream = typeof(PeerScripts).Assembly.GetManifestResourceStream($"Loop.Sdk.InteropTests.WebRtc.Peers.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
