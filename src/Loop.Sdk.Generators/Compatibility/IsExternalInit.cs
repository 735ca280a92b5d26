namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for before it allows records; netstandard2.0 lacks it.</summary>
internal static class IsExternalInit
{
}
