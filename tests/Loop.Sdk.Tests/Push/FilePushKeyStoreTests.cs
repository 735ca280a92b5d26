using Loop.Sdk.Push;

namespace Loop.Sdk.Tests.Push;

[TestClass]
public sealed class FilePushKeyStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loop-keys-").FullName;

    private string File => Path.Combine(_folder, "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task Document_is_there_again_and_belongs_to_its_owner_alone()
    {
        var store = new FilePushKeyStore(File);
        Assert.IsNull(await store.LoadAsync());
        await store.SaveAsync("first, and longer"u8.ToArray());
        await store.SaveAsync("second"u8.ToArray());
        CollectionAssert.AreEqual("second"u8.ToArray(), (await new FilePushKeyStore(File).LoadAsync())!.Value.ToArray());
        CollectionAssert.AreEqual((string[])[File], Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [TestMethod]
    [DataRow(UnixFileMode.GroupRead)]
    [DataRow(UnixFileMode.OtherRead)]
    [DataRow(UnixFileMode.OtherWrite)]
    public async Task File_that_others_may_use_is_refused_and_left(UnixFileMode more)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no such modes.");
            return;
        }

        var store = new FilePushKeyStore(File);
        await store.SaveAsync("kept"u8.ToArray());
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        Assert.AreEqual(ErrorCodes.StoreForeign, (await Assert.ThrowsExactlyAsync<LoopException>(async () => await store.LoadAsync())).Code);
        Assert.AreEqual("kept", await System.IO.File.ReadAllTextAsync(File));
    }

    [TestMethod]
    public async Task File_that_is_too_large_or_cannot_be_used_is_told()
    {
        var store = new FilePushKeyStore(File);
        await store.SaveAsync("x"u8.ToArray());
        await using (var large = System.IO.File.OpenWrite(File))
        {
            large.SetLength(5_000_000);
        }

        Assert.AreEqual(ErrorCodes.StoreDamaged, (await Assert.ThrowsExactlyAsync<LoopException>(async () => await store.LoadAsync())).Code);
        var nowhere = new FilePushKeyStore(Path.Combine(_folder, "missing", "keys.json"));
        var refused = await Assert.ThrowsExactlyAsync<LoopException>(async () => await nowhere.SaveAsync("x"u8.ToArray()));
        Assert.AreEqual((ErrorCodes.StoreUnavailable, true), (refused.Code, refused.Retryable));
    }

    [TestMethod]
    public async Task What_a_crash_left_behind_is_not_taken_for_the_document()
    {
        var store = new FilePushKeyStore(File);
        await store.SaveAsync("whole"u8.ToArray());
        await System.IO.File.WriteAllTextAsync($"{File}.{Guid.NewGuid():N}.new", "half");
        CollectionAssert.AreEqual("whole"u8.ToArray(), (await store.LoadAsync())!.Value.ToArray());
    }
}
