using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Loop.Sdk.WebRtc.Dtls;

/// <summary>
/// DTLS 1.2 with the certificates of both ends pinned (RFC 6347, RFC 8842), on OpenSSL with memory in place of sockets: datagrams in, datagrams out, a time to be called again. Not safe
/// for concurrent use. Malformed datagrams are passed over, or make it fail; they never throw.
/// <para>OpenSSL keeps the time of its retransmissions itself, by the machine's clock: <see cref="NextTimeout"/> is that, in the caller's time.</para>
/// </summary>
internal sealed unsafe class DtlsTransport : IDisposable
{
    /// <summary>The largest plaintext of a record, and the least that <see cref="Read"/> is to be given.</summary>
    public const int MaxPlaintext = 16 * 1024;

    /// <summary>How much longer than its plaintext a record is at most: header, explicit nonce and tag.</summary>
    public const int Overhead = RecordHeader + NonceAndTag;

    /// <summary>The longest datagram of the handshake, unless another is said.</summary>
    public const int DefaultMtu = 1200;

    private const int RecordHeader = 13;
    private const int Tag = 16;
    private const int NonceAndTag = 8 + Tag;
    private const uint DefaultFirstTimeout = 150_000;
    private const uint LongestTimeout = 3_000_000;

    private static readonly int StoreIndex = OpenSsl.SSL_get_ex_data_X509_STORE_CTX_idx();

    private readonly DtlsHandle _handle;
    private readonly nint _ssl;
    private readonly nint _input;
    private readonly nint _output;
    private readonly uint _firstTimeout;
    private readonly DtlsBacklog _backlog = new();
    private IReadOnlyList<DtlsFingerprint>? _expected;
    private byte[]? _peerCertificate;
    private int _leastFragment = NonceAndTag;

    /// <summary>Makes a transport. Call <see cref="Start"/> next.</summary>
    /// <param name="role">Which end begins.</param>
    /// <param name="certificate">This end's certificate. It may be disposed of before the transport.</param>
    /// <param name="mtu">The longest datagram of the handshake.</param>
    /// <param name="firstTimeout">Microseconds until the first retransmission; each that follows waits twice as long as the one before.</param>
    public DtlsTransport(DtlsRole role, DtlsCertificate certificate, int mtu = DefaultMtu, uint firstTimeout = DefaultFirstTimeout)
    {
        Role = role;
        _firstTimeout = firstTimeout;
        _handle = new DtlsHandle(certificate.Context, this);
        _ssl = _handle.DangerousGetHandle();
        _input = _handle.Input;
        _output = _handle.Output;
        OpenSsl.DTLS_set_timer_cb(_ssl, &OnTimer);
        _ = OpenSsl.SSL_ctrl(_ssl, OpenSsl.CtrlSetMtu, mtu, null);
        if (role == DtlsRole.Client)
        {
            OpenSsl.SSL_set_connect_state(_ssl);
        }
        else
        {
            OpenSsl.SSL_set_accept_state(_ssl);
        }
    }

    public DtlsRole Role { get; }

    public DtlsState State { get; private set; }

    public DtlsFailure Failure { get; private set; }

    /// <summary>What OpenSSL says about the failure, or null.</summary>
    public string? FailureDetail { get; private set; }

    /// <summary>When to call <see cref="Timeout"/>, in microseconds; <see cref="long.MaxValue"/> for never.</summary>
    public long NextTimeout { get; private set; } = long.MaxValue;

    public bool UsesExtendedMasterSecret => OpenSsl.SSL_ctrl(_ssl, OpenSsl.CtrlGetExtendedMasterSecret, 0, null) == 1;

    /// <summary>Says which certificates the peer may have: from its description, which may come after its first datagrams.</summary>
    public void Expect(IReadOnlyList<DtlsFingerprint> fingerprints)
    {
        ArgumentOutOfRangeException.ThrowIfZero(fingerprints.Count);
        _expected = fingerprints;
        if (State != DtlsState.Unverified)
        {
            return;
        }

        if (DtlsFingerprint.Match(fingerprints, _peerCertificate))
        {
            State = DtlsState.Connected;
        }
        else
        {
            _ = OpenSsl.SSL_shutdown(_ssl);
            Fail(DtlsFailure.WrongFingerprint, null);
        }
    }

    /// <summary>Begins the handshake, if this end is the one that does.</summary>
    public void Start(long now) => Handshake(now);

    /// <summary>Takes a datagram. Call <see cref="Read"/> until it gives nothing before the next.</summary>
    public void Receive(ReadOnlySpan<byte> datagram, long now)
    {
        if (State is DtlsState.Closed or DtlsState.Failed || datagram.Length < RecordHeader)
        {
            return;
        }

        if (State == DtlsState.Unverified)
        {
            _backlog.Add(datagram);
            return;
        }

        Feed(datagram);
        if (State == DtlsState.Handshaking)
        {
            Handshake(now);
        }
    }

    /// <summary>The next message of the peer, at least <see cref="MaxPlaintext"/> of space given; 0 if there is none.</summary>
    public int Read(Span<byte> plaintext)
    {
        while (State == DtlsState.Connected)
        {
            OpenSsl.ERR_clear_error();
            int count;
            fixed (byte* buffer = plaintext)
            {
                count = OpenSsl.SSL_read(_ssl, buffer, plaintext.Length);
            }

            if (count > 0)
            {
                return count;
            }

            Ended(count);
            if (_backlog.IsEmpty)
            {
                break;
            }

            Feed(_backlog.Take());
        }

        return 0;
    }

    /// <summary>Encrypts a message into a record of its own. False if nothing can be sent.</summary>
    public bool Send(ReadOnlySpan<byte> plaintext)
    {
        if (State != DtlsState.Connected || plaintext.IsEmpty)
        {
            return false;
        }

        OpenSsl.ERR_clear_error();
        int count;
        fixed (byte* buffer = plaintext)
        {
            count = OpenSsl.SSL_write(_ssl, buffer, plaintext.Length);
        }

        if (count <= 0)
        {
            Ended(count);
        }

        return count > 0;
    }

    /// <summary>The next datagram to send: as many whole records as fit. Memory BIOs do not keep datagrams apart.</summary>
    public bool TryWrite(Span<byte> datagram, out int written)
    {
        byte* records;
        var waiting = (int)OpenSsl.BIO_ctrl(_output, OpenSsl.BioInfo, 0, &records);
        written = 0;
        while (waiting - written >= RecordHeader)
        {
            var record = RecordHeader + BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(records + written + RecordHeader - sizeof(ushort), sizeof(ushort)));
            if (record > datagram.Length - written)
            {
                break;
            }

            written += record;
        }

        if (written == 0)
        {
            return false;
        }

        fixed (byte* buffer = datagram)
        {
            written = OpenSsl.BIO_read(_output, buffer, written);
        }

        return written > 0;
    }

    /// <summary>Sends again what the peer has not answered, if it is time.</summary>
    public void Timeout(long now)
    {
        if (State != DtlsState.Handshaking || now < NextTimeout)
        {
            return;
        }

        OpenSsl.ERR_clear_error();
        if (OpenSsl.SSL_ctrl(_ssl, OpenSsl.CtrlDtlsHandleTimeout, 0, null) < 0)
        {
            Fail(DtlsFailure.TimedOut, OpenSsl.Reason());
        }

        Schedule(now);
    }

    /// <summary>Tells the peer that this end is done.</summary>
    public void Close()
    {
        if (State is DtlsState.Connected or DtlsState.Unverified)
        {
            OpenSsl.ERR_clear_error();
            _ = OpenSsl.SSL_shutdown(_ssl);
        }

        if (State != DtlsState.Failed)
        {
            End(DtlsState.Closed);
        }
    }

    public void Dispose() => _handle.Dispose();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnVerify(nint store, nint argument)
    {
        // No exception may leave here, for there is native code above.
        try
        {
            if (DtlsHandle.Owner(OpenSsl.X509_STORE_CTX_get_ex_data(store, StoreIndex)) is { } transport && transport.Verify(OpenSsl.X509_STORE_CTX_get0_cert(store)))
            {
                return 1;
            }
        }
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        OpenSsl.X509_STORE_CTX_set_error(store, OpenSsl.CertificateRejected);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint OnTimer(nint ssl, uint last)
    {
        var first = DtlsHandle.Owner(ssl)?._firstTimeout ?? DefaultFirstTimeout;
        return last == 0 ? first : Math.Min(last * 2, Math.Max(first, LongestTimeout));
    }

    private bool Verify(nint certificate)
    {
        var length = certificate == 0 ? 0 : OpenSsl.i2d_X509(certificate, null);
        if (length <= 0)
        {
            return false;
        }

        _peerCertificate = new byte[length];
        fixed (byte* output = _peerCertificate)
        {
            var place = output;
            _ = OpenSsl.i2d_X509(certificate, &place);
        }

        if (_expected is null || DtlsFingerprint.Match(_expected, _peerCertificate))
        {
            return true;
        }

        Failure = DtlsFailure.WrongFingerprint;
        return false;
    }

    private void Feed(ReadOnlySpan<byte> datagram)
    {
        // Whatever OpenSSL left of the last one belongs to no record. A reset clears as much as the longest datagram was, so it is left out when it has nothing to do.
        if (OpenSsl.BIO_ctrl(_input, OpenSsl.BioPending, 0, null) > 0)
        {
            _ = OpenSsl.BIO_ctrl(_input, OpenSsl.BioReset, 0, null);
        }

        fixed (byte* buffer = datagram)
        {
            _ = OpenSsl.BIO_write(_input, buffer, SoundLength(datagram));
        }
    }

    // OpenSSL 3.0 takes an encrypted record that is shorter than its nonce and tag for an error of its own and ends the connection, though anybody can forge such one: it is cut off here.
    private int SoundLength(ReadOnlySpan<byte> datagram)
    {
        var place = 0;
        while (datagram.Length - place >= RecordHeader)
        {
            var epoch = BinaryPrimitives.ReadUInt16BigEndian(datagram[(place + 3)..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(place + RecordHeader - sizeof(ushort))..]);
            if ((epoch > 0 && length < _leastFragment) || datagram.Length - place - RecordHeader < length)
            {
                break;
            }

            place += RecordHeader + length;
        }

        return place;
    }

    private void Handshake(long now)
    {
        OpenSsl.ERR_clear_error();
        var result = OpenSsl.SSL_do_handshake(_ssl);
        if (result == 1)
        {
            var suite = OpenSsl.SSL_CIPHER_get_protocol_id(OpenSsl.SSL_get_current_cipher(_ssl));
            _leastFragment = suite is OpenSsl.SuiteChaChaEcdsa or OpenSsl.SuiteChaChaRsa ? Tag : NonceAndTag;
            // Compared again, since the fingerprints may have come after the certificate.
            State = DtlsState.Unverified;
            if (_expected is not null)
            {
                Expect(_expected);
            }
        }
        else
        {
            Ended(result);
        }

        Schedule(now);
    }

    private void Ended(int result)
    {
        switch (OpenSsl.SSL_get_error(_ssl, result))
        {
            case OpenSsl.ErrorWantRead or OpenSsl.ErrorWantWrite:
                break;
            case OpenSsl.ErrorZeroReturn:
                // Answered, so that the peer need not wait (RFC 5246, section 7.2.1).
                _ = OpenSsl.SSL_shutdown(_ssl);
                End(DtlsState.Closed);
                break;
            default:
                var isTimeout = ((int)OpenSsl.ERR_peek_error() & OpenSsl.ReasonMask) == OpenSsl.ReasonTimedOut;
                Fail(Failure != DtlsFailure.None ? Failure : isTimeout ? DtlsFailure.TimedOut : DtlsFailure.Protocol, OpenSsl.Reason());
                break;
        }
    }

    private void Fail(DtlsFailure failure, string? detail)
    {
        Failure = failure;
        FailureDetail = detail;
        End(DtlsState.Failed);
    }

    private void End(DtlsState state)
    {
        State = state;
        NextTimeout = long.MaxValue;
        _backlog.Clear();
    }

    private void Schedule(long now)
    {
        Span<long> remaining = stackalloc long[2];
        fixed (long* time = remaining)
        {
            NextTimeout = State == DtlsState.Handshaking && OpenSsl.SSL_ctrl(_ssl, OpenSsl.CtrlDtlsGetTimeout, 0, time) > 0
                ? now + (remaining[0] * 1_000_000) + remaining[1]
                : long.MaxValue;
        }
    }
}
