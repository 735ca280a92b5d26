using Loop.Sdk.Server.Storage;

namespace Loop.Sdk.Server.Tests.Storage.Conformance;

public abstract class UserAgentImportConformance : UserAgentConformance
{
    [TestMethod]
    public async Task Places_are_there_once_when_they_are_imported_twice()
    {
        await VisitAsync("https://a.example/", Now + 5, "Mine");
        List<ImportedPlace> places =
        [
            new() { Url = "https://a.example/", Title = "Old", TitleAt = Now, Visits = [Now, Now + 5, Now] },
            new() { Url = "https://b.example/", Title = "B", TitleAt = Now, Visits = [Now - 1], IsStarred = true, StarredAt = Now },
            new() { Url = "https://c.example/", IsStarred = true },
            new() { Url = "https://nothing.example/", Title = "Nothing" },
        ];
        Assert.AreEqual(new PlaceImportResult(2, 2, 2), await ImportAsync(places));
        Assert.AreEqual("https://a.example/:Mine:2 https://b.example/:B:1", await VisitedAsync());
        Assert.AreEqual("https://c.example/: https://b.example/:B", await StarredAsync());
        Assert.AreEqual("https://b.example/", await FindAsync("b"));
        var head = (await Store.ReadStarsAsync(Ada, 0, 10, None)).Offset;
        Assert.AreEqual(new PlaceImportResult(0, 0, 0), await ImportAsync(places));
        Assert.AreEqual(head, (await Store.ReadStarsAsync(Ada, 0, 10, None)).Offset);
    }

    [TestMethod]
    public async Task A_star_is_given_when_its_time_is_after_the_last_word_and_not_before()
    {
        await StarAsync("https://a.example/", at: Now);
        await StarAsync("https://a.example/", isStarred: false, at: Now + 10);
        Assert.AreEqual(0, (await ImportAsync([new() { Url = "https://a.example/", IsStarred = true, StarredAt = Now + 10 }])).Stars);
        Assert.AreEqual(0, (await ImportAsync([new() { Url = "https://a.example/", IsStarred = true }])).Stars);
        Assert.AreEqual(1, (await ImportAsync([new() { Url = "https://a.example/", IsStarred = true, StarredAt = Now + 11 }])).Stars);
    }

    [TestMethod]
    public async Task Nothing_is_imported_when_anything_of_it_fails()
    {
        await StarAsync("https://a.example/");
        List<ImportedPlace> places = [.. Enumerable.Range(0, 9).Select(static number => new ImportedPlace { Url = $"https://{number}.example/", Visits = [Now + number], IsStarred = true })];
        var error = await Assert.ThrowsExactlyAsync<LoopException>(() => ImportAsync(places, maxStars: 9));
        Assert.AreEqual(ErrorCodes.TooManyStars, error.Code);
        await RefusedAsync(() => ImportAsync([.. places, new() { Url = "", IsStarred = true }]));
        await RefusedAsync(() => ImportAsync([.. places, new() { Url = "https://x.example/", Visits = [-1] }]));
        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => ImportAsync(Failing(places)));
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => Store.ImportAsync(Ada, new PlaceImport { Places = places.Select(place => Cancelling(place, cancel)), Now = Now }, cancel.Token));
        Assert.AreEqual("", await VisitedAsync());
        Assert.AreEqual("https://a.example/:", await StarredAsync());
        Assert.AreEqual(new PlaceImportResult(9, 9, 9), await ImportAsync(places, maxStars: 10));
    }

    private static IEnumerable<ImportedPlace> Failing(IEnumerable<ImportedPlace> places)
    {
        foreach (var place in places)
        {
            yield return place;
        }

        throw new InvalidDataException("It ends here.");
    }

    private static ImportedPlace Cancelling(ImportedPlace place, CancellationTokenSource cancel)
    {
        if (place.Url.Contains('5', StringComparison.Ordinal))
        {
            cancel.Cancel();
        }

        return place;
    }

    private Task<PlaceImportResult> ImportAsync(IEnumerable<ImportedPlace> places, int maxStars = 100) =>
        Store.ImportAsync(Ada, new PlaceImport { Places = places, Now = Now, MaxStars = maxStars }, None);
}
