using Loop.Sdk.Server;
using Loop.Sdk.Server.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Says where the server keeps what must last. Without it, everything is in memory and gone at the end.</summary>
public static class LoopServerStorageExtensions
{
    /// <summary>Keeps everything in a SQLite file. It opens when the host starts, which fails if the file is damaged, too new or not ours.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="path">The file; it is made if it does not exist, its folder is not.</param>
    /// <param name="configure">Changes the options, which are checked when the host starts.</param>
    public static ILoopServerBuilder UseSqlite(this ILoopServerBuilder builder, string path, Action<SqliteStorageOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var services = builder.Services;
        services.AddOptions<SqliteStorageOptions>().Configure(options => options.Path = path).ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteStorageOptions>, SqliteStorageOptionsValidator>());
        services.TryAddSingleton<SqliteMetrics>();
        services.TryAddSingleton<SqliteDatabase>();
        services.Replace(ServiceDescriptor.Singleton<IRoomStorage, SqliteRoomStorage>());
        services.Replace(ServiceDescriptor.Singleton<IAvailabilityStorage, SqliteAvailabilityStorage>());
        services.Replace(ServiceDescriptor.Singleton<IPushStorage, SqlitePushStorage>());
        services.Replace(ServiceDescriptor.Singleton<IUserAgentStorage, SqliteUserAgentStorage>());
        services.Replace(ServiceDescriptor.Singleton<ILoopApiStorage, SqliteLoopApiStorage>());
        if (!services.Any(static service => service.ImplementationType == typeof(SqliteHost)))
        {
            services.AddHostedService<SqliteHost>();
        }

        return builder;
    }
}
