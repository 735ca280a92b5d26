namespace Loop.Sdk.Calls;

/// <summary>A streaming call that is made anew for every enumeration.</summary>
internal sealed class ColdSequence<T>(Func<CancellationToken, IAsyncEnumerator<T>> start, CancellationToken cancellationToken) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken enumeratorToken = default)
    {
        if (!enumeratorToken.CanBeCanceled || enumeratorToken == cancellationToken)
        {
            return start(cancellationToken);
        }

        return cancellationToken.CanBeCanceled ? Linked(enumeratorToken) : start(enumeratorToken);
    }

    private async IAsyncEnumerator<T> Linked(CancellationToken enumeratorToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enumeratorToken);
        var items = start(both.Token);
        await using (items.ConfigureAwait(false))
        {
            while (await items.MoveNextAsync().ConfigureAwait(false))
            {
                yield return items.Current;
            }
        }
    }
}
