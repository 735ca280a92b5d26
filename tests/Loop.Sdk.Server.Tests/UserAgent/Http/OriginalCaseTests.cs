using Loop.Sdk.Server.Tests.UserAgent.Http.Harness;

namespace Loop.Sdk.Server.Tests.UserAgent.Http;

/// <summary>The four cases of the original service's tests, each on a fresh and empty store.</summary>
[TestClass]
public sealed class OriginalCaseTests
{
    [TestMethod]
    public async Task Sessions_start_and_end()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Client();
        Assert.AreEqual("""{"session":1}""", await client.PostAsync("/sessions/start", """{"scope":0}"""));
        Assert.AreEqual("""{"session":2}""", await client.PostAsync("/sessions/start", """{"scope":0,"ancestor":1}"""));
        Assert.AreEqual("{}", await client.PostAsync("/sessions/end", """{"session":2}"""));
    }

    [TestMethod]
    public async Task Visits_come_newest_first()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Client();
        await client.PostAsync("/sessions/start", """{"scope":0}""");
        Assert.AreEqual("{}", await client.PostAsync("/visits/visit", """{"url":"https://test.com/1","session":1,"title":"test1"}"""));
        Assert.AreEqual("{}", await client.PostAsync("/visits/visit", """{"url":"https://test.com/2","session":1}"""));
        const string Newest = "{'url':'https://test.com/2','title':null,'snippet':null}";
        Assert.AreEqual($"[{Newest},{{'url':'https://test.com/1','title':'test1','snippet':null}}]", await client.ResultsAsync("/visits?limit=2"));
        Assert.AreEqual($"[{Newest}]", await client.ResultsAsync("/visits?limit=1"));
    }

    [TestMethod]
    public async Task Stars_come_newest_first()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Client();
        await client.PostAsync("/sessions/start", """{"scope":0}""");
        for (var number = 1; number <= 9; number++)
        {
            await client.PostAsync("/visits/visit", $$"""{"url":"https://test.com/{{number}}","session":1,"title":"test{{number}}"}""");
            Assert.AreEqual("{}", await client.PostAsync("/stars/star", $$"""{"url":"https://test.com/{{number}}","session":1}"""));
        }

        await client.PostAsync("/stars/star", """{"url":"https://test.com/10","session":1}""");
        Assert.AreEqual("[{'url':'https://test.com/10','title':null},{'url':'https://test.com/9','title':'test9'}]", await client.ResultsAsync("/stars?limit=2"));
        Assert.AreEqual("{}", await client.PostAsync("/stars/unstar", """{"url":"https://test.com/10","session":1}"""));
        Assert.AreEqual("{}", await client.PostAsync("/stars/unstar", """{"url":"https://test.com/8","session":1}"""));
        Assert.AreEqual("[{'url':'https://test.com/9','title':'test9'}]", await client.ResultsAsync("/stars?limit=1"));
    }

    [TestMethod]
    public async Task Pages_are_found_by_their_text()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = host.Client();
        await client.PostAsync("/sessions/start", """{"scope":0}""");
        await client.PostAsync("/visits/visit", """{"url":"https://test.com/","session":1,"title":"test"}""");
        const string Page = """{"title":"test","excerpt":"excerpt from test.com","textContent":"Long text content containing excerpt from test.com and other stuff."}""";
        Assert.AreEqual("{}", await client.PostAsync("/pages/page", $$"""{"url":"https://test.com/","session":1,"page":{{Page}}}"""));
        Assert.AreEqual(
            "[{'url':'https://test.com/','title':'test','snippet':'<b>Long</b> <b>text</b> content containing excerpt…'}]",
            await client.ResultsAsync("/pages?q=Long%20text&limit=2&snippetSize=tiny"));
    }
}
