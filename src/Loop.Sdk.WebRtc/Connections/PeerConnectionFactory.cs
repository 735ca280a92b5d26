using Loop.Sdk.WebRtc.Connections;
using Loop.Sdk.WebRtc.Dtls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loop.Sdk.WebRtc;

/// <summary>
/// The engine that talks to browsers and to itself: ICE, DTLS 1.2, SCTP and data channels. It needs OpenSSL 3's <c>libssl</c>. Its connections share a certificate and a timer; none has a thread
/// of its own. Safe for concurrent use. Connections outlive the factory that made them.
/// </summary>
public sealed class PeerConnectionFactory : IPeerConnectionFactory, IDisposable
{
    private readonly Lock _gate = new();
    private readonly PeerConnectionFactoryOptions _options;
    private readonly ILogger _logger;
    private readonly ConnectionTimers _timers;
    private DtlsCertificate? _certificate;
    private bool _isDisposed;

    /// <summary>Makes an engine.</summary>
    /// <param name="options">How, or null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public PeerConnectionFactory(PeerConnectionFactoryOptions? options = null)
    {
        _options = options ?? new PeerConnectionFactoryOptions();
        _options.Validate();
        _logger = _options.LoggerFactory?.CreateLogger("Loop.Sdk.WebRtc") ?? NullLogger.Instance;
        _timers = new ConnectionTimers(_options.TimeProvider);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An option is out of range, or the address of a server is malformed.</exception>
    /// <exception cref="ObjectDisposedException">The factory was disposed of.</exception>
    public IPeerConnection Create(PeerConnectionOptions? options = null)
    {
        options ??= new PeerConnectionOptions();
        PeerConnectionChecks.Validate(options);
        return new PeerConnection(options, _options, _timers, Certificate(), _logger);
    }

    /// <summary>Forgets the certificate. Connections that were made go on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _certificate?.Dispose();
        }
    }

    private DtlsCertificate Certificate()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var now = _options.TimeProvider.GetUtcNow();
            if (_certificate is null || _certificate.Expires - now < _options.CertificateLifetime / 2)
            {
                // Connections that use the old one keep it alive.
                _certificate?.Dispose();
                _certificate = DtlsCertificate.Create(now, _options.CertificateLifetime);
            }

            return _certificate;
        }
    }
}
