using System.Globalization;

namespace Loop.Sdk.Local;

/// <summary>Which process serves, and of which version it is.</summary>
/// <param name="Process">The process.</param>
/// <param name="Version">The version.</param>
internal sealed record LocalRecord(int Process, Version Version)
{
    /// <summary>Reads it; null if there is none, or it is none.</summary>
    public static LocalRecord? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Split(' ') is [var process, var version] && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
                && Version.TryParse(version, out var known)
                    ? new LocalRecord(id, known)
                    : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps it, so that nobody sees half of it.</summary>
    public void Write(string path)
    {
        var made = path + ".new";
        File.WriteAllText(made, string.Create(CultureInfo.InvariantCulture, $"{Process} {Version}"));
        File.Move(made, path, overwrite: true);
    }
}
