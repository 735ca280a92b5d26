using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Loop.Sdk.WebRtc.Dtls;

/// <summary>A self-signed certificate on P-256 with its key, ready in OpenSSL. Safe for concurrent use. Its key is in native memory only.</summary>
internal sealed unsafe class DtlsCertificate : IDisposable
{
    // Our own certificate is of ECDSA; the suites of RSA are for clients whose peers have such one.
    private const string Ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
        + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

    // Certificates are self-signed, so more than this is an attack.
    private const int MostCertificateBytes = 16 * 1024;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    private DtlsCertificate(DtlsContextHandle context, DtlsFingerprint fingerprint, DateTimeOffset expires)
    {
        Context = context;
        Fingerprint = fingerprint;
        Expires = expires;
    }

    public DtlsContextHandle Context { get; }

    public DtlsFingerprint Fingerprint { get; }

    public DateTimeOffset Expires { get; }

    /// <summary>Makes a key and a certificate.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL 3.</exception>
    public static DtlsCertificate Create(DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=WebRTC", key, HashAlgorithmName.SHA256).CreateSelfSigned(now - ClockSkew, now + lifetime);
        var privateKey = key.ExportECPrivateKey();
        try
        {
            return Create(certificate.RawData, privateKey, OpenSsl.KeyIsEc, now + lifetime);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    /// <summary>Takes a certificate and a key in DER.</summary>
    internal static DtlsCertificate Create(ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> privateKey, int keyType, DateTimeOffset expires)
    {
        var context = new DtlsContextHandle();
        try
        {
            Configure(context.DangerousGetHandle(), certificate, privateKey, keyType);
            return new DtlsCertificate(context, DtlsFingerprint.Of(certificate), expires);
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    public void Dispose() => Context.Dispose();

    private static void Configure(nint context, ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> privateKey, int keyType)
    {
        OpenSsl.ERR_clear_error();
        OpenSsl.SSL_CTX_set_options(context, OpenSsl.OptionNoQueryMtu | OpenSsl.OptionNoTicket | OpenSsl.OptionNoRenegotiation | OpenSsl.OptionCipherServerPreference);
        _ = OpenSsl.SSL_CTX_ctrl(context, OpenSsl.CtrlSetSessionCacheMode, 0, null);
        _ = OpenSsl.SSL_CTX_ctrl(context, OpenSsl.CtrlSetMaxCertificateList, MostCertificateBytes, null);
        OpenSsl.SSL_CTX_set_verify(context, OpenSsl.VerifyPeer | OpenSsl.VerifyFailIfNoPeerCertificate, 0);
        OpenSsl.SSL_CTX_set_cert_verify_callback(context, &DtlsTransport.OnVerify, 0);
        fixed (byte* der = certificate, key = privateKey, groups = "X25519:P-256:P-384\0"u8)
        {
            if (OpenSsl.SSL_CTX_ctrl(context, OpenSsl.CtrlSetMinVersion, OpenSsl.Dtls12, null) != 1
                || OpenSsl.SSL_CTX_ctrl(context, OpenSsl.CtrlSetMaxVersion, OpenSsl.Dtls12, null) != 1
                || OpenSsl.SSL_CTX_ctrl(context, OpenSsl.CtrlSetGroupsList, 0, groups) != 1
                || OpenSsl.SSL_CTX_set_cipher_list(context, Ciphers) != 1
                || OpenSsl.SSL_CTX_use_certificate_ASN1(context, certificate.Length, der) != 1
                || OpenSsl.SSL_CTX_use_PrivateKey_ASN1(keyType, context, key, privateKey.Length) != 1)
            {
                throw new PlatformNotSupportedException($"This machine's OpenSSL refuses what WebRTC needs: {OpenSsl.Reason()}.");
            }
        }
    }
}
