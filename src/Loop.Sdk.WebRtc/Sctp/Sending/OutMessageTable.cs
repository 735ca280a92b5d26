namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>All messages on their way, by an index that stays.</summary>
internal sealed class OutMessageTable
{
    public const int None = -1;

    private OutMessage[] _messages = [];
    private int _free = None;

    public ref OutMessage this[int index] => ref _messages[index];

    public int Add(in OutMessage message)
    {
        if (_free == None)
        {
            var old = _messages.Length;
            Array.Resize(ref _messages, Math.Max(16, old * 2));
            for (var index = old; index < _messages.Length; index++)
            {
                _messages[index].Next = index + 1 < _messages.Length ? index + 1 : None;
            }

            _free = old;
        }

        var taken = _free;
        _free = _messages[taken].Next;
        _messages[taken] = message;
        _messages[taken].Next = None;
        return taken;
    }

    public void Remove(int index)
    {
        _messages[index] = default;
        _messages[index].Next = _free;
        _free = index;
    }

    public void Clear()
    {
        _messages = [];
        _free = None;
    }
}
