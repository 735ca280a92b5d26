using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Loop.Sdk.Server.Tests.Hosting.Harness;

namespace Loop.Sdk.Server.Tests.Hosting;

/// <summary>What a service and its clients refuse before anything of theirs is there.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class LocalServicePathTests
{
    private const int KilledExitCode = 128 + 9;
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [TestMethod]
    public async Task A_folder_is_made_for_the_user_alone_when_there_is_none()
    {
        using var folder = new LocalServiceFolder();
        var socket = Path.Combine(Path.GetDirectoryName(folder.Socket)!, "new", "socket");
        await using var service = await ClaimAsync(socket);
        Assert.AreEqual(socket, service!.SocketPath);
        Assert.AreEqual(Own, File.GetUnixFileMode(Path.GetDirectoryName(socket)!));
        Assert.IsNull(await ClaimAsync(socket), "There is one at a time.");
    }

    [TestMethod]
    public async Task A_folder_is_refused_when_another_user_owns_it()
    {
        using var folder = new LocalServiceFolder();
        var path = Path.GetDirectoryName(folder.Socket)!;
        if (Environment.UserName == "root")
        {
            await ChownAsync(path);
        }
        else
        {
            path = "/";
        }

        await RefusedAsync(Path.Combine(path, "socket"), "belongs to another user");
    }

    [TestMethod]
    public async Task A_socket_is_refused_when_another_user_owns_it()
    {
        if (Environment.UserName != "root")
        {
            Assert.Inconclusive("Only root can give a file away.");
        }

        using var folder = new LocalServiceFolder();
        using var listener = Listen(folder.Socket);
        await ChownAsync(folder.Socket);
        await RefusedAsync(folder.Socket, "belongs to another user");
    }

    [TestMethod]
    [DataRow(UnixFileMode.GroupRead)]
    [DataRow(UnixFileMode.OtherExecute)]
    [DataRow(UnixFileMode.OtherWrite | UnixFileMode.StickyBit)]
    public async Task A_folder_is_refused_when_others_may_use_it(UnixFileMode mode)
    {
        using var folder = new LocalServiceFolder();
        File.SetUnixFileMode(Path.GetDirectoryName(folder.Socket)!, Own | mode);
        await RefusedAsync(folder.Socket, "Others may use");
    }

    [TestMethod]
    public async Task What_is_there_is_refused_and_stays_when_it_is_no_socket_or_no_folder()
    {
        using var folder = new LocalServiceFolder();
        await File.WriteAllTextAsync(folder.Socket, "mine");
        await RefusedAsync(folder.Socket, "is no socket");
        Assert.AreEqual("mine", await File.ReadAllTextAsync(folder.Socket));
        await RefusedAsync(Path.Combine(folder.Socket, "socket"), "");

        // A link may lead anywhere.
        var path = Path.GetDirectoryName(folder.Socket)!;
        Directory.CreateDirectory(Path.Combine(path, "real"), Own);
        Directory.CreateSymbolicLink(Path.Combine(path, "link"), Path.Combine(path, "real"));
        await RefusedAsync(Path.Combine(path, "link", "socket"), "is no folder");
        File.CreateSymbolicLink(Path.Combine(path, "dangling"), "/nowhere");
        await RefusedAsync(Path.Combine(path, "dangling"), "is no socket");
    }

    [TestMethod]
    public async Task The_socket_of_another_program_is_refused_when_it_listens()
    {
        using var folder = new LocalServiceFolder();
        using var listener = Listen(folder.Socket);
        Assert.AreEqual(ErrorCodes.AddressInUse, (await Assert.ThrowsExactlyAsync<LoopException>(() => ClaimAsync(folder.Socket))).Code);
        Assert.IsTrue(File.Exists(folder.Socket));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task A_process_is_not_asked_to_end_when_a_record_of_before_names_it()
    {
        using var folder = new LocalServiceFolder();
        await using var serving = await ClaimAsync(folder.Socket);
        using var stranger = Process.Start("sleep", "600");
        await File.WriteAllTextAsync(folder.Socket + ".pid", $"{stranger.Id} 0.1");

        // Nobody listens yet, and then another process than the one that is named.
        var newer = new LocalServiceOptions { SocketPath = folder.Socket, Version = new(1, 0), TakeOverTimeout = TimeSpan.FromMilliseconds(200) };
        Assert.AreEqual(ErrorCodes.Unavailable, (await Assert.ThrowsExactlyAsync<LoopException>(() => LocalService.ClaimAsync(newer))).Code);
        using var listener = Listen(folder.Socket);
        Assert.AreEqual(ErrorCodes.Unavailable, (await Assert.ThrowsExactlyAsync<LoopException>(() => LocalService.ClaimAsync(newer))).Code);
        Assert.IsFalse(stranger.HasExited);
        stranger.Kill();
        await stranger.WaitForExitAsync();
        Assert.AreEqual(KilledExitCode, stranger.ExitCode, "It was still there to be killed.");
    }

    [TestMethod]
    public async Task A_channel_ends_when_others_could_be_the_service()
    {
        using var folder = new LocalServiceFolder();
        File.SetUnixFileMode(Path.GetDirectoryName(folder.Socket)!, Own | UnixFileMode.OtherWrite);
        await using var channel = folder.Connect();
        Assert.AreEqual(ErrorCodes.UnsafePath, (await Assert.ThrowsExactlyAsync<LoopException>(() => channel.ConnectAsync())).Code);
        Assert.AreEqual(ChannelState.Closed, channel.State);
    }

    [TestMethod]
    public async Task A_service_that_does_not_come_is_an_error_that_may_pass()
    {
        using var folder = new LocalServiceFolder();
        foreach (var program in new[] { "/bin/true", "/nowhere/at all" })
        {
            var launcher = new LocalServiceLauncher { SocketPath = folder.Socket, Program = program, StartTimeout = TimeSpan.FromMilliseconds(100) };
            var error = await Assert.ThrowsExactlyAsync<LoopException>(() => launcher.EnsureRunningAsync());
            Assert.AreEqual((ErrorCodes.Unavailable, true), (error.Code, error.Retryable));
        }
    }

    [TestMethod]
    public void A_socket_has_a_path_of_its_user_when_it_is_asked_for_by_name()
    {
        StringAssert.EndsWith(LocalSocket.PathFor("my-agent"), "socket", StringComparison.Ordinal);
        StringAssert.Contains(LocalSocket.PathFor("my-agent"), "my-agent", StringComparison.Ordinal);
        Assert.ThrowsExactly<ArgumentException>(() => LocalSocket.PathFor("../x"));
    }

    private static Task<LocalService?> ClaimAsync(string socket) => LocalService.ClaimAsync(new LocalServiceOptions { SocketPath = socket });

    private static async Task RefusedAsync(string socket, string why)
    {
        foreach (var refused in new Func<Task>[] { () => ClaimAsync(socket), () => LocalServiceFolder.Launcher(socket).EnsureRunningAsync() })
        {
            var error = await Assert.ThrowsExactlyAsync<LoopException>(refused);
            Assert.AreEqual(ErrorCodes.UnsafePath, error.Code);
            StringAssert.Contains(error.Message, why, StringComparison.Ordinal);
        }
    }

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    private static async Task ChownAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("chown", ["1:1", path]))!;
        await process.WaitForExitAsync();
        Assert.AreEqual(0, process.ExitCode);
    }
}
