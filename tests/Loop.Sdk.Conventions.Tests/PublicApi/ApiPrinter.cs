using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Loop.Sdk.Conventions.Tests.PublicApi;

/// <summary>Prints everything that a user of an assembly can see, one line each, in an order that does not depend on the source.</summary>
internal static class ApiPrinter
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Print(Assembly assembly)
    {
        var text = new StringBuilder();
        // What the compiler keeps of extension properties is named after hashes; their accessors are printed as methods.
        var types = assembly.GetExportedTypes().Where(static type => !type.FullName!.Contains('<', StringComparison.Ordinal));
        foreach (var type in types.OrderBy(static type => TypeNames.Of(type), StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (var member in type.GetMembers(Declared).Select(Line).OfType<string>().Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Head(Type type)
    {
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var bases = new[] { type.BaseType }
            .Where(static parent => parent is not null && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
            .Concat(type.GetInterfaces().Except(inherited).Where(static face => face.IsVisible))
            .Select(static parent => TypeNames.Of(parent!))
            .Order(StringComparer.Ordinal)
            .ToList();
        return $"{kind} {TypeNames.Of(type)}{(bases.Count > 0 && !type.IsEnum ? " : " + string.Join(", ", bases) : "")}";
    }

    private static string? Line(MemberInfo member)
    {
        if (member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not MethodInfo)
        {
            return null;
        }

        return member switch
        {
            ConstructorInfo constructor when IsVisible(constructor) => $"new({Parameters(constructor)})",
            FieldInfo { IsPublic: true, IsLiteral: true } field => $"const {field.Name} = {field.GetRawConstantValue()}",
            FieldInfo { IsPublic: true, IsSpecialName: false } field => $"{TypeNames.Of(field.FieldType)} {field.Name}",
            PropertyInfo property => Property(property),
            EventInfo happening when IsVisible(happening.AddMethod!) => $"event {TypeNames.Of(happening.EventHandlerType!)} {happening.Name}",
            MethodInfo { IsSpecialName: false } method when IsVisible(method) && !method.Name.Contains('<', StringComparison.Ordinal) => Method(method),
            _ => null,
        };
    }

    private static string? Property(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && IsVisible(get) ? " get;" : "";
        var setter = property.SetMethod is { } set && IsVisible(set) ? IsInit(set) ? " init;" : " set;" : "";
        if (getter.Length + setter.Length == 0 || property.Name == "EqualityContract")
        {
            return null;
        }

        var accessor = property.GetMethod ?? property.SetMethod!;
        return $"{Modifiers(accessor)}{TypeNames.Of(property.PropertyType)} {property.Name} {{{getter}{setter} }}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(static argument => argument.Name))}>" : "";
        return $"{Modifiers(method)}{TypeNames.Of(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(static parameter =>
            $"{(parameter.IsOut ? "out " : "")}{TypeNames.Of(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.RawDefaultValue ?? "default") : "")}"));

    private static string Modifiers(MethodBase method)
    {
        var access = method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "";
        var scope = method.IsStatic ? "static " : "";
        var dispatch = method switch
        {
            { DeclaringType.IsInterface: true } => method.IsAbstract && method.IsStatic ? "abstract " : "",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return access + scope + dispatch;
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
