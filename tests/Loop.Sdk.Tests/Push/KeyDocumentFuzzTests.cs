using System.Text;
using Loop.Sdk.Fuzzing;
using Loop.Sdk.Harness;
using Loop.Sdk.Push;

namespace Loop.Sdk.Tests.Push;

/// <summary>Files with push keys that are not what they were: each is read, or refused with a code, and is left as it is.</summary>
[TestClass]
public sealed class KeyDocumentFuzzTests : IDisposable
{
    private const int Inputs = 10_000;

    // What a file of the greatest size may cost, several times over.
    private const long MaxAllocated = 64 << 20;
    private const int MaxFile = 4 << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("loop-keys-").FullName;

    private string File => Path.Combine(_folder, "keys.json");

    public static IEnumerable<object[]> Hostile
    {
        get
        {
            var (start, end) = ("""{"version":1,"agent":"a","secret":"s","subscriptions":[""", "]}");
            return new (string Name, string Content)[]
            {
                ("empty", ""),
                ("spaces", new string(' ', MaxFile)),
                ("deep arrays", new string('[', MaxFile)),
                ("deep and closed", new string('[', MaxFile / 2) + new string(']', MaxFile / 2)),
                ("deep members", string.Concat(Enumerable.Repeat("""{"a":""", MaxFile / 5))),
                ("deep in what is not known", $$"""{"version":1,"x":{{new string('[', 100)}}{{new string(']', 100)}}}"""),
                ("many nulls", $"{start}{string.Join(',', Enumerable.Repeat("null", 800_000))}{end}"),
                ("many objects", $"{start}{string.Join(',', Enumerable.Repeat("{}", 1_300_000))}{end}"),
                ("many members", $$"""{"version":1,{{string.Join(',', Enumerable.Range(0, 300_000).Select(static number => $"\"{number}\":1"))}},"version":"x"}"""),
                ("many versions", $$"""{{{string.Concat(Enumerable.Repeat("\"version\":1,", 300_000))}}"version":"x"}"""),
                ("long text", $$"""{"version":1,"agent":"{{new string('a', MaxFile - 100)}}"}"""),
                ("long escapes", $$"""{"version":1,"agent":"{{string.Concat(Enumerable.Repeat("\\u0061", 600_000))}}"}"""),
                ("long number", $$"""{"version":{{new string('1', MaxFile - 100)}}}"""),
                ("long keys", $$"""{{start}}{"name":"n","channel":"11111111-2222-4333-8444-555555555555","endpoint":"https://e.example/","keys":"{{new string('A', 4_000_000)}}"}{{end}}"""),
                ("a text", "\"{}\""),
                ("a number", "1"),
                ("null", "null"),
                ("a list", "[]"),
                ("no version", "{}"),
                ("another application's", """{"version":1,"theme":"dark"}"""),
                ("version as text", """{"version":"1"}"""),
                ("version with a fraction", """{"version":1.5}"""),
                ("version 0", """{"version":0}"""),
                ("version that is negative", """{"version":-1}"""),
                ("version that is huge", """{"version":1e400}"""),
                ("subscriptions that are none", """{"version":1,"subscriptions":null}"""),
                ("subscriptions as an object", """{"version":1,"subscriptions":{}}"""),
                ("subscriptions as text", """{"version":1,"subscriptions":"x"}"""),
                ("agent as number", """{"version":1,"agent":5}"""),
                ("half a surrogate pair", """{"version":1,"agent":"\ud800"}"""),
                ("half a surrogate pair in a name", """{"\ud800ersion":1,"version":1,"agent":5}"""),
                ("no UTF-8", "{\"version\":1,\"agent\":\"\u00ff\"}"),
                ("UTF-16", "\u00ff\u00fe{\0}\0"),
                ("a comment", """{/**/"version":1}"""),
                ("two documents", """{"version":1}{"version":1}"""),
                ("zeros", new string('\0', 1000)),
            }.Select(static hostile => (object[])[hostile.Name, Encoding.Latin1.GetBytes(hostile.Content)]);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Spoilt_files_are_read_or_refused_and_left_as_they_are()
    {
        var sound = Sound();
        FuzzRun.Run(Inputs, random => ReadAsync(Mutator.Mutate(sound, random)).AsTask().GetAwaiter().GetResult());
    }

    [TestMethod]
    public async Task Files_that_were_cut_off_are_damaged_wherever_it_was()
    {
        var sound = Sound();
        for (var length = 0; length < sound.Length; length++)
        {
            Assert.AreEqual(ErrorCodes.StoreDamaged, await CodeAsync(sound[..length]), $"{length} bytes");
        }

        await ReadAsync(sound);
    }

    [TestMethod]
    public void Documents_with_one_bit_that_flipped_are_read_or_refused()
    {
        var sound = Sound();
        for (var bit = 0; bit < sound.Length * 8; bit++)
        {
            var spoilt = (byte[])sound.Clone();
            spoilt[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Use(spoilt);
            }
            catch (LoopException refused) when (refused.Code is ErrorCodes.StoreDamaged or ErrorCodes.StoreTooNew)
            {
                // It was noticed.
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Hostile))]
    public async Task Hostile_files_are_damaged(string name, byte[] content) => Assert.AreEqual(ErrorCodes.StoreDamaged, await CodeAsync(content), name);

    [TestMethod]
    [DataRow("name")]
    [DataRow("channel")]
    public async Task Two_subscriptions_that_are_one_are_damaged(string same)
    {
        var (one, other) = (Subscription(1), Subscription(2));
        var twice = same == "name" ? other with { Name = one.Name } : other with { Channel = one.Channel };
        Assert.AreEqual(ErrorCodes.StoreDamaged, await CodeAsync(new PushKeyDocument { Agent = "a", Secret = "s", Subscriptions = [one, twice] }.Write()));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("00")]
    [DataRow("0000000000000000000000000000000000000000000000000000000000000000")]
    [DataRow("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551")]
    [DataRow("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    public async Task Private_keys_that_are_none_are_damaged(string scalar)
    {
        var keys = Subscription(1) with { Keys = [.. Convert.FromHexString(scalar), .. new byte[16]] };
        Assert.AreEqual(ErrorCodes.StoreDamaged, await CodeAsync(new PushKeyDocument { Agent = "a", Secret = "s", Subscriptions = [keys] }.Write()));
    }

    [TestMethod]
    public async Task More_than_a_file_can_hold_is_not_saved_and_what_was_there_stays()
    {
        var store = new FilePushKeyStore(File);
        var sound = Sound();
        await store.SaveAsync(sound);
        await store.SaveAsync(new byte[MaxFile]);
        await store.SaveAsync(sound);
        var refused = await Assert.ThrowsExactlyAsync<LoopException>(async () => await store.SaveAsync(new byte[MaxFile + 1]));
        Assert.AreEqual((ErrorCodes.StoreUnavailable, false), (refused.Code, refused.Retryable));
        CollectionAssert.AreEqual(sound, (await store.LoadAsync())!.Value.ToArray());
        CollectionAssert.AreEqual((string[])[File], Directory.GetFiles(_folder));
    }

    private async Task<string> CodeAsync(byte[] content) => (await Assert.ThrowsExactlyAsync<LoopException>(async () => await ReadAsync(content))).Code;

    // As the client does: it is read, and then its keys are in use.
    private async ValueTask ReadAsync(byte[] content)
    {
        await System.IO.File.WriteAllBytesAsync(File, content);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        try
        {
            var loaded = (await new FilePushKeyStore(File).LoadAsync())!.Value;
            CollectionAssert.AreEqual(content, loaded.ToArray());
            Use(loaded.Span);
        }
        finally
        {
            CollectionAssert.AreEqual(content, await System.IO.File.ReadAllBytesAsync(File));
            CollectionAssert.AreEqual((string[])[File], Directory.GetFiles(_folder));
        }
    }

    private static void Use(ReadOnlySpan<byte> content)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var book = new SubscriptionBook();
            book.Load(PushKeyDocument.Read(content).Subscriptions.Select(static kept => new KeptSubscription(null!, kept)));
            foreach (var subscription in book.All)
            {
                subscription.Dispose();
            }
        }
        finally
        {
            Assert.IsLessThan(MaxAllocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static byte[] Sound() => new PushKeyDocument { Agent = "agent", Secret = "secret", Subscriptions = [Subscription(1), Subscription(2) with { ApplicationServerKey = new byte[65] }] }.Write();

    private static KeptKeys Subscription(int number)
    {
        byte[] scalar = [.. new byte[31], (byte)number];
        return new KeptKeys($"name{number}", $"0000000{number}-2222-4333-8444-555555555555", $"https://push.example/push/v1/{number}", [.. scalar, .. new byte[16]]);
    }
}
