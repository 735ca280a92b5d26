namespace Loop.Sdk.WebRtc;

/// <summary>Makes peer connections: the engine. The package <c>Loop.Sdk.WebRtc</c> has one that talks to browsers, <c>Loop.Sdk.Testing</c> one in memory.</summary>
public interface IPeerConnectionFactory
{
    /// <summary>Makes a connection, which does nothing until it has a channel or a description. The caller disposes of it.</summary>
    /// <param name="options">How, or null for the defaults.</param>
    /// <exception cref="PlatformNotSupportedException">The engine lacks something on this machine; the message says what to install.</exception>
    IPeerConnection Create(PeerConnectionOptions? options = null);
}
