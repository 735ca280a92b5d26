using System.Runtime.InteropServices;

namespace Loop.Sdk.WebRtc.Dtls;

/// <summary>An <c>SSL</c> with its two memory BIOs, and the way back from it to its transport for the callbacks.</summary>
internal sealed class DtlsHandle : SafeHandle
{
    private readonly GCHandle _owner;

    public DtlsHandle(DtlsContextHandle context, DtlsTransport owner)
        : base(0, ownsHandle: true)
    {
        // Weak, so that a transport that was forgotten is collected.
        _owner = GCHandle.Alloc(owner, GCHandleType.Weak);
        var taken = false;
        context.DangerousAddRef(ref taken);
        SetHandle(OpenSsl.SSL_new(context.DangerousGetHandle()));
        context.DangerousRelease();
        Input = OpenSsl.BIO_new(OpenSsl.BIO_s_mem());
        Output = OpenSsl.BIO_new(OpenSsl.BIO_s_mem());
        if (IsInvalid || Input == 0 || Output == 0)
        {
            _ = OpenSsl.BIO_free(Input);
            _ = OpenSsl.BIO_free(Output);
            throw new InsufficientMemoryException("OpenSSL could not make a connection.");
        }

        OpenSsl.SSL_set_bio(handle, Input, Output);
        _ = OpenSsl.SSL_set_ex_data(handle, 0, GCHandle.ToIntPtr(_owner));
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Where datagrams go in.</summary>
    public nint Input { get; }

    /// <summary>Where records come out.</summary>
    public nint Output { get; }

    /// <summary>The transport of an <c>SSL</c> that calls back; null if it is going away.</summary>
    public static DtlsTransport? Owner(nint ssl) =>
        OpenSsl.SSL_get_ex_data(ssl, 0) is var data and not 0 ? GCHandle.FromIntPtr(data).Target as DtlsTransport : null;

    protected override bool ReleaseHandle()
    {
        OpenSsl.SSL_free(handle);
        _owner.Free();
        return true;
    }
}
