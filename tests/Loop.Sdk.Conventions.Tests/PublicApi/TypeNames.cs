namespace Loop.Sdk.Conventions.Tests.PublicApi;

/// <summary>Writes types the way C# does.</summary>
internal static class TypeNames
{
    public static string Of(Type type)
    {
        if (type.IsByRef || type.IsArray)
        {
            return type.IsByRef ? "ref " + Of(type.GetElementType()!) : Of(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        var name = type.DeclaringType is { } outer ? $"{Of(outer)}.{Plain(type)}" : $"{type.Namespace}.{Plain(type)}";
        var arguments = type.GetGenericArguments();
        return arguments.Length == 0 ? name : $"{name}<{string.Join(", ", arguments.Select(Of))}>";
    }

    private static string Plain(Type type)
    {
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : type.Name[..tick];
    }
}
