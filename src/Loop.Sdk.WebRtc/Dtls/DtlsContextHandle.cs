using System.Runtime.InteropServices;

namespace Loop.Sdk.WebRtc.Dtls;

/// <summary>An <c>SSL_CTX</c>. Its transports keep it alive, so it may be disposed of before them.</summary>
internal sealed class DtlsContextHandle : SafeHandle
{
    public DtlsContextHandle()
        : base(0, ownsHandle: true) => SetHandle(OpenSsl.SSL_CTX_new(OpenSsl.DTLS_method()));

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.SSL_CTX_free(handle);
        return true;
    }
}
