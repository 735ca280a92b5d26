using System.Text;
using Loop.Sdk.Harness;
using Loop.Sdk.Server.Tests.Storage;
using Loop.Sdk.Server.Tests.UserAgent.Import.Harness;
using Loop.Sdk.Server.UserAgent;

namespace Loop.Sdk.Server.Tests.UserAgent.Import;

[TestClass]
public sealed class BookmarkImportTests
{
    private const int Seeds = 400;

    private const string Typical = """
        <!DOCTYPE NETSCAPE-Bookmark-file-1>
        <!-- This is an automatically generated file. It will be read and <b>overwritten</b>. "DO NOT EDIT! -->
        <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
        <TITLE>Bookmarks</TITLE>
        <H1>Bookmarks Menu</H1>
        <DL><p>
            <DT><A HREF="https://a.example/?x=1&amp;y=2" ADD_DATE="1600000000" ICON="data:image/png;base64,AA>BB==" TAGS="one">A &lt;b&gt; &amp; c</A>
            <DD>A description <em>with</em> tags
            <DT><H3 ADD_DATE="1600000000">Folder</H3>
            <DL><p>
                <dt><a add_date='1600000001000' href='https://b.example/'>B</a>
                <DT><A HREF=https://c.example/ ADD_DATE=1600000002000000>C</A>
                <DT><A HREF="https://a.example/?x=1&amp;y=2" ADD_DATE="1599999990">Again</A>
            </DL><p>
            <HR>
            <DT><A HREF="javascript:alert(1)" ADD_DATE="1600000000">Bookmarklet</A>
            <DT><A HREF="https://undated.example/">Undated</A>
            <DT><A NAME="nothing">No address</A>
        </DL>
        """;

    private const string Stars =
        "https://a.example/?x=1&y=2:A <b> & c:-10000000 https://b.example/:B:1000000 https://c.example/:C:2000000 https://undated.example/:Undated:";

    [TestMethod]
    [DataRow("\n")]
    [DataRow("\r\n")]
    public async Task Links_become_stars_when_a_file_is_imported(string line)
    {
        await using var world = new ImportWorld();
        Assert.AreEqual(new UserAgentImportResult(4, 0, 4, 1), await world.ImportAsync("\uFEFF" + Typical.ReplaceLineEndings(line)));
        Assert.StartsWith(Stars, await world.StarsAsync());
        await UserAgentRebuild.CheckAsync(world.Database);
    }

    [TestMethod]
    public async Task Nothing_changes_when_the_same_is_imported_again()
    {
        await using var world = new ImportWorld();
        await world.ImportAsync(Typical);
        var before = await world.ReadAllAsync();
        Assert.AreEqual(new UserAgentImportResult(0, 0, 0, 1), await world.ImportAsync(Typical));
        Assert.AreEqual(before, await world.ReadAllAsync());
        await world.Store.StartSessionAsync(ImportWorld.Account, UserAgentSamples.Session(), CancellationToken.None);
        await world.Store.StarAsync(ImportWorld.Account, UserAgentSamples.Star("https://undated.example/", isStarred: false), CancellationToken.None);
        Assert.AreEqual(0, (await world.ImportAsync(Typical)).Stars, "A star that was taken away stays away.");
    }

    [TestMethod]
    public async Task Nothing_is_imported_when_the_file_is_cut_anywhere()
    {
        await using var world = new ImportWorld();
        var bytes = Encoding.UTF8.GetBytes(Typical);
        for (var length = 0; length < Typical.LastIndexOf('>'); length++)
        {
            await world.RefusedAsync(() => world.ImportAsync(bytes[..length]));
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("no tags")]
    [DataRow("<html><dl><a href='https://a.example/'>A</a></dl>")]
    [DataRow("<!DOCTYPE NETSCAPE-Bookmark-file-1>")]
    [DataRow("<!DOCTYPE NETSCAPE-Bookmark-file-1><DL></DL></DL><DL>")]
    [DataRow("<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><A HREF='https://a.example/'>A<A HREF='https://b.example/'>B</A></A></DL>")]
    [DataRow("<!DOCTYPE NETSCAPE-Bookmark-file-1><DL></A></DL>")]
    [DataRow("<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><A HREF='https://a.example/>A</A></DL>")]
    [DataRow("<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><!-- </DL>")]
    [DataRow("SQLite format 3\0")]
    public async Task Files_are_refused_when_they_are_broken_or_something_else(string html)
    {
        await using var world = new ImportWorld();
        await world.RefusedAsync(() => world.ImportAsync(html));
    }

    [TestMethod]
    public async Task Files_are_refused_when_they_are_no_text_or_endless()
    {
        await using var world = new ImportWorld(new UserAgentOptions { MaxImport = 4 * 1024 * 1024 });
        var bytes = Encoding.UTF8.GetBytes(Typical);
        bytes[bytes.Length / 2] = 0xFF;
        await world.RefusedAsync(() => world.ImportAsync(bytes));
        await world.RefusedAsync(() => world.ImportAsync(Typical.Replace("</DL>", "", StringComparison.Ordinal) + new string('x', 2 * 1024 * 1024)));
        await world.RefusedAsync(() => world.ImportAsync("<!DOCTYPE NETSCAPE-Bookmark-file-1><DL>" + string.Concat(Enumerable.Repeat("<DL>", 2 * 1024 * 1024))), ErrorCodes.ContentTooLarge);
    }

    [TestMethod]
    public async Task An_import_ends_well_or_changes_nothing_when_any_bytes_are_others()
    {
        await using var world = new ImportWorld();
        var bytes = Encoding.UTF8.GetBytes(Typical);
        var refused = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new SeededRandom(seed);
            var changed = bytes.ToList();
            for (var count = 1 + random.Next(5); count > 0; count--)
            {
                var place = random.Next(changed.Count);
                switch (random.Next(3))
                {
                    case 0:
                        changed[place] = (byte)random.Next(256);
                        break;
                    case 1:
                        changed.RemoveRange(place, Math.Min(random.Next(40), changed.Count - place));
                        break;
                    default:
                        changed.Insert(place, (byte)"<>\"'&/-=! "[random.Next(10)]);
                        break;
                }
            }

            var before = await world.ReadAllAsync();
            try
            {
                await world.ImportAsync([.. changed]);
            }
            catch (LoopException exception) when (exception.Code == ErrorCodes.InvalidImport)
            {
                refused++;
                Assert.AreEqual(before, await world.ReadAllAsync(), $"Seed {seed}");
            }
        }

        Assert.IsInRange(1, Seeds - 1, refused);
        await UserAgentRebuild.CheckAsync(world.Database);
    }
}
