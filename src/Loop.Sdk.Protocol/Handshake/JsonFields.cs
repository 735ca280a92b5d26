using System.Text.Json;

namespace Loop.Sdk.Handshake;

/// <summary>Takes the members of JSON objects one after the other, as strictly as the serializer: what is missing keeps its default, what is null or of another kind is an error.</summary>
internal ref struct JsonFields(ReadOnlySpan<byte> json)
{
    private Utf8JsonReader _reader = new(json);

    /// <summary>Goes to the object that comes next.</summary>
    public void Open() => Take(JsonTokenType.StartObject);

    /// <summary>Goes to the next member of the object. False at its end.</summary>
    public bool Next()
    {
        _reader.Read();
        return _reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Whether the member has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    /// <summary>Passes over the member.</summary>
    public void Skip() => _reader.Skip();

    /// <summary>Nothing may follow.</summary>
    public void End()
    {
        if (_reader.Read())
        {
            throw Unexpected();
        }
    }

    public string TakeString()
    {
        Take(JsonTokenType.String);
        return _reader.GetString()!;
    }

    public string? TakeStringOrNull()
    {
        _reader.Read();
        return _reader.TokenType is JsonTokenType.String or JsonTokenType.Null ? _reader.GetString() : throw Unexpected();
    }

    public int TakeInt32()
    {
        Take(JsonTokenType.Number);
        return _reader.TryGetInt32(out var value) ? value : throw Unexpected();
    }

    public ulong TakeUInt64()
    {
        Take(JsonTokenType.Number);
        return _reader.TryGetUInt64(out var value) ? value : throw Unexpected();
    }

    public long? TakeInt64OrNull()
    {
        _reader.Read();
        return _reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.Number when _reader.TryGetInt64(out var value) => value,
            _ => throw Unexpected(),
        };
    }

    public bool TakeBoolean()
    {
        _reader.Read();
        return _reader.TokenType is JsonTokenType.True or JsonTokenType.False ? _reader.GetBoolean() : throw Unexpected();
    }

    public List<string> TakeStrings()
    {
        List<string> strings = [];
        Take(JsonTokenType.StartArray);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            strings.Add(_reader.TokenType == JsonTokenType.String ? _reader.GetString()! : throw Unexpected());
        }

        return strings;
    }

    public Dictionary<string, int> TakeNumbers()
    {
        Dictionary<string, int> numbers = [];
        Open();
        while (Next())
        {
            var name = _reader.GetString()!;
            numbers[name] = TakeInt32();
        }

        return numbers;
    }

    /// <summary>Goes to the object that comes next. False if there is null instead.</summary>
    public bool OpenUnlessNull()
    {
        _reader.Read();
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            _ => throw Unexpected(),
        };
    }

    private void Take(JsonTokenType expected)
    {
        _reader.Read();
        if (_reader.TokenType != expected)
        {
            throw Unexpected();
        }
    }

    private readonly JsonException Unexpected() => new($"The {_reader.TokenType} at byte {_reader.TokenStartIndex} is not expected.");
}
