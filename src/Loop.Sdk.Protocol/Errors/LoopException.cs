namespace Loop.Sdk;

/// <summary>A call, a stream or a connection failed. <see cref="Code"/> is stable and documented in <c>docs/errors.md</c>; the message is for people.</summary>
public sealed class LoopException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="code">A stable code, usually from <see cref="ErrorCodes"/>; handlers may use their own.</param>
    /// <param name="message">What happened, safe to show to the peer.</param>
    public LoopException(string code, string message)
        : base(message) => Code = Checked(code);

    /// <summary>Makes an error with its cause, which never leaves the process.</summary>
    /// <param name="code">A stable code.</param>
    /// <param name="message">What happened, safe to show to the peer.</param>
    /// <param name="innerException">The cause.</param>
    public LoopException(string code, string message, Exception? innerException)
        : base(message, innerException) => Code = Checked(code);

    /// <summary>The stable code.</summary>
    public string Code { get; }

    /// <summary>Whether the same call may succeed later without any other change.</summary>
    public bool Retryable { get; init; }

    /// <summary>Details as a JSON text, or null.</summary>
    public string? Details { get; init; }

    private static string Checked(string code)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        return code;
    }
}
