using Loop.Sdk.WebRtc.Dtls;
using Loop.Sdk.WebRtc.Ice;
using Loop.Sdk.WebRtc.Sctp;
using Loop.Sdk.WebRtc.Stun;
using Loop.Sdk.WebRtc.Turn;
using Microsoft.Extensions.Logging;

namespace Loop.Sdk.WebRtc.Connections;

/// <summary>What a connection logs. Never credentials, fingerprints or payloads; addresses for debugging only.</summary>
internal static partial class DriverLog
{
    [LoggerMessage(1, LogLevel.Information, "The peer connection is {State}.")]
    public static partial void StateChanged(this ILogger logger, PeerConnectionState state);

    [LoggerMessage(2, LogLevel.Debug, "ICE is {State}.")]
    public static partial void IceChanged(this ILogger logger, IceState state);

    [LoggerMessage(3, LogLevel.Debug, "The path goes from a {Local} to a {Remote} candidate, {Address}.")]
    public static partial void PathChanged(this ILogger logger, CandidateType local, CandidateType remote, TransportAddress address);

    [LoggerMessage(4, LogLevel.Warning, "DTLS failed: {Failure} ({Detail}).")]
    public static partial void DtlsFailed(this ILogger logger, DtlsFailure failure, string? detail);

    [LoggerMessage(5, LogLevel.Information, "The SCTP association ended: {Reason}.")]
    public static partial void SctpEnded(this ILogger logger, SctpEndReason reason);

    [LoggerMessage(6, LogLevel.Warning, "A TURN server gave no allocation, or took it back: {Failure}, error {Code}.")]
    public static partial void TurnFailed(this ILogger logger, TurnFailure failure, int code);

    [LoggerMessage(7, LogLevel.Warning, "A STUN or TURN server could not be reached over {Transport}.")]
    public static partial void ServerNotFound(this ILogger logger, IceServerTransport transport);

    [LoggerMessage(8, LogLevel.Debug, "The name of a candidate was not found by multicast DNS.")]
    public static partial void NameNotFound(this ILogger logger);

    [LoggerMessage(9, LogLevel.Error, "A peer connection was closed after an internal error.")]
    public static partial void Defect(this ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Warning, "The certificate of a TURN server over TLS is not trusted, or it speaks no TLS.")]
    public static partial void ServerNotTrusted(this ILogger logger);
}
