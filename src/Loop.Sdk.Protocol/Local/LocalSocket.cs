namespace Loop.Sdk;

/// <summary>Where services of this user listen on this machine.</summary>
public static class LocalSocket
{
    /// <summary>
    /// The path of a service's Unix domain socket: in the session's folder for such things (<c>XDG_RUNTIME_DIR</c>) if there is one, else in the folder for temporary files, in a folder
    /// of its own that has the user's name in its name.
    /// </summary>
    /// <param name="service">The service's name: 1 to 32 letters, digits, and hyphens.</param>
    public static string PathFor(string service)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        if (service.Length > 32 || service.Any(static character => !char.IsAsciiLetterOrDigit(character) && character != '-'))
        {
            throw new ArgumentException("A service's name is 1 to 32 letters, digits and hyphens.", nameof(service));
        }

        return Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder
            ? Path.Combine(folder, service, "socket")
            : Path.Combine(Path.GetTempPath(), $"{service}-{Environment.UserName}", "socket");
    }
}
