using System.Security.Cryptography;

namespace Loop.Sdk.Push;

/// <summary>Keys on the curve P-256 as Web Push writes them: points uncompressed (SEC 1 section 2.3.3), scalars big-endian.</summary>
internal static class PushPoint
{
    public const int ScalarSize = 32;
    public const int Size = 1 + (2 * ScalarSize);

    private const byte Uncompressed = 4;

    public static byte[] Write(in ECParameters parameters) => [Uncompressed, .. parameters.Q.X!, .. parameters.Q.Y!];

    public static bool IsUncompressed(ReadOnlySpan<byte> point) => point.Length == Size && point[0] == Uncompressed;

    /// <exception cref="LoopException"><c>invalid_key</c>: no uncompressed point, or not on the curve.</exception>
    public static void Import(ECAlgorithm algorithm, ReadOnlySpan<byte> point)
    {
        if (!IsUncompressed(point))
        {
            throw WebPushErrors.InvalidKey($"a public key is an uncompressed point of {Size} bytes; this has {point.Length}{(point.Length == Size ? " and begins otherwise" : "")}");
        }

        Import(algorithm, new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point.Slice(1, ScalarSize).ToArray(), Y = point[(1 + ScalarSize)..].ToArray() },
        });
    }

    /// <summary>Imports a private key; the public one is computed from it.</summary>
    /// <exception cref="LoopException"><c>invalid_key</c>: no scalar of the curve.</exception>
    public static void ImportPrivate(ECAlgorithm algorithm, ReadOnlySpan<byte> scalar)
    {
        if (scalar.Length != ScalarSize || scalar.IndexOfAnyExcept((byte)0) < 0)
        {
            throw WebPushErrors.InvalidKey($"a private key is a number of {ScalarSize} bytes");
        }

        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar.ToArray() };
        try
        {
            Import(algorithm, parameters);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }

    /// <summary>The scalar of a private key. Who gets it clears it.</summary>
    public static byte[] ExportPrivate(ECAlgorithm algorithm) => algorithm.ExportParameters(includePrivateParameters: true).D!;

    private static void Import(ECAlgorithm algorithm, in ECParameters parameters)
    {
        try
        {
            algorithm.ImportParameters(parameters);
        }
        catch (CryptographicException)
        {
            throw WebPushErrors.InvalidKey("it is not on the curve P-256");
        }
    }
}
