namespace Loop.Sdk.Server.UserAgent;

/// <summary>
/// Brings into an account what another browser knows: visits, titles and stars. An import is one change: all of it, or nothing if it fails, is cancelled, or the process dies. To import the
/// same again changes nothing, and what was written here later than what a file says stays. Folders, tags and keywords of bookmarks are not kept.
/// </summary>
/// <remarks>Get it from the host's services. Who follows the account sees what was imported when it is done. Other writes wait while it is written, about a second for 10 000 places.</remarks>
public interface IUserAgentImporter
{
    /// <summary>
    /// Imports a profile's <c>places.sqlite</c>, of Firefox and those made of it. The file is copied to a temporary folder that only the process's user can read, and its copy is read, so that
    /// the browser may be running. What was loaded within pages (frames), downloads, and internal addresses are left out.
    /// </summary>
    /// <param name="account">Whose it becomes: 1 to 256 characters.</param>
    /// <param name="path">The file.</param>
    /// <param name="progress">Is told how far it is, on the thread that writes; null if nobody wants to know. What it throws ends the import.</param>
    /// <param name="cancellationToken">Gives up, with nothing imported.</param>
    /// <exception cref="LoopException">
    /// <c>invalid_import</c>: it is no such file, or damaged; retryable if the browser was writing all the time; <c>content_too_large</c>, <c>too_many_stars</c>, <c>store_unavailable</c>.
    /// </exception>
    Task<UserAgentImportResult> ImportFirefoxAsync(string account, string path, IProgress<UserAgentImportProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Imports bookmarks in the HTML that all browsers export («Netscape bookmark file»), in UTF-8, as stars.</summary>
    /// <param name="account">Whose they become: 1 to 256 characters.</param>
    /// <param name="html">The file, which is read to its end and not closed.</param>
    /// <param name="progress">Is told how far it is, on the thread that writes; null if nobody wants to know. What it throws ends the import.</param>
    /// <param name="cancellationToken">Gives up, with nothing imported.</param>
    /// <exception cref="LoopException"><c>invalid_import</c>: it is no such file, or damaged; <c>content_too_large</c>, <c>too_many_stars</c>, <c>store_unavailable</c>.</exception>
    Task<UserAgentImportResult> ImportBookmarksAsync(string account, Stream html, IProgress<UserAgentImportProgress>? progress = null, CancellationToken cancellationToken = default);
}
