namespace Loop.Sdk.UserAgent;

/// <summary>How lists are sorted. Of equals the address decides, so that all windows show the same.</summary>
internal static class UserAgentOrder
{
    public static IComparer<StarredPage> Stars { get; } =
        Comparer<StarredPage>.Create(static (left, right) => Then(right.StarredAt.CompareTo(left.StarredAt), left.Url, right.Url));

    public static IComparer<VisitedPlace> History { get; } =
        Comparer<VisitedPlace>.Create(static (left, right) => Then(right.LastVisitedAt.CompareTo(left.LastVisitedAt), left.Url, right.Url));

    public static IComparer<AgentSession> Sessions { get; } = Comparer<AgentSession>.Create(static (left, right) => left.Id.CompareTo(right.Id));

    public static IComparer<TopSite> TopSites { get; } =
        Comparer<TopSite>.Create(static (left, right) => Then(right.Frecency.CompareTo(left.Frecency), left.Url, right.Url));

    private static int Then(int order, string left, string right) => order != 0 ? order : string.CompareOrdinal(left, right);
}
