using System.Security.Cryptography;

namespace Loop.Sdk.Server.Storage;

/// <summary>
/// The file's identity. What was written without a flush is lost if the machine stops, and offsets that clients have seen would be given again: a file that was
/// open when its machine stopped gets a new identity therefore.
/// </summary>
internal static class SqliteIdentity
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";
    private const string UnknownBoot = "unknown";
    private const int EpochSize = 16;

    /// <summary>The file remembers during which run of the machine it is open.</summary>
    public static readonly SqliteMigration Migration = new(4, "ALTER TABLE store ADD COLUMN boot TEXT");

    /// <summary>The machine's run, or null where it has no name: then the machine may always have stopped in between.</summary>
    public static string? CurrentBoot => File.Exists(BootFile) ? File.ReadAllText(BootFile).Trim() : null;

    /// <summary>The file is opened.</summary>
    /// <param name="session">The writer's connection; it must flush.</param>
    /// <param name="boot">The machine's run.</param>
    /// <returns>Whether the file got a new identity.</returns>
    public static bool Open(SqliteSession session, string? boot)
    {
        var isLost = session.Text("SELECT boot FROM store") is { } last && last != boot;
        if (isLost)
        {
            session.Prepare("UPDATE store SET epoch = ?1").Bind(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(EpochSize))).Run();
        }

        session.Prepare("UPDATE store SET boot = ?1").Bind(boot ?? UnknownBoot).Run();
        return isLost;
    }

    /// <summary>The file is closed in order: nothing of it is without a flush.</summary>
    public static void Close(SqliteSession session) => session.Run("UPDATE store SET boot = NULL");
}
