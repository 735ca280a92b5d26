namespace Loop.Sdk.Server.Availability;

/// <summary>The applications whose people somebody follows.</summary>
internal sealed class PeopleTable(AvailabilityCore core)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PeopleBook> _books = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _books.Count;
            }
        }
    }

    public PeopleBook? Find(string application)
    {
        lock (_lock)
        {
            return _books.GetValueOrDefault(application);
        }
    }

    /// <summary>Gives an application's people, to be released.</summary>
    public PeopleBook Acquire(string application)
    {
        lock (_lock)
        {
            if (!_books.TryGetValue(application, out var book))
            {
                book = new PeopleBook(core, application);
                _books.Add(application, book);
            }

            book.Uses++;
            return book;
        }
    }

    public void Release(PeopleBook book)
    {
        lock (_lock)
        {
            if (--book.Uses > 0)
            {
                return;
            }

            _books.Remove(book.Application);
        }

        book.Dispose();
    }
}
