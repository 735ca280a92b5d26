namespace Loop.Sdk.Calls;

/// <summary>The caller's items as the handler sees them. They can be enumerated once.</summary>
internal sealed class ItemSequence<T>(ItemBuffer<T> buffer) : IAsyncEnumerable<T>
{
    private int _enumerated;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _enumerated, 1) == 0
            ? new Enumerator(buffer, cancellationToken)
            : throw new InvalidOperationException("The items of a call can be enumerated once.");

    private sealed class Enumerator(ItemBuffer<T> buffer, CancellationToken cancellationToken) : IAsyncEnumerator<T>
    {
        private readonly CancellationTokenRegistration _registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((ItemBuffer<T>)state!).Complete(new OperationCanceledException(token)), buffer);

        public T Current => buffer.Current;

        public ValueTask<bool> MoveNextAsync()
        {
            cancellationToken.ThrowIfCancellationRequested();
            return buffer.MoveNextAsync();
        }

        public ValueTask DisposeAsync() => _registration.DisposeAsync();
    }
}
