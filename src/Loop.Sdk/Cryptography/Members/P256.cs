using System.Security.Cryptography;

namespace Loop.Sdk.Cryptography;

/// <summary>Keys on the curve P-256 as bytes: points uncompressed (SEC 1 section 2.3.3), scalars big-endian.</summary>
internal static class P256
{
    public const int ScalarSize = 32;
    public const int PointSize = 1 + (2 * ScalarSize);

    private const byte Uncompressed = 4;

    public static void WritePublic(in ECParameters parameters, Span<byte> destination)
    {
        destination[0] = Uncompressed;
        parameters.Q.X.CopyTo(destination[1..]);
        parameters.Q.Y.CopyTo(destination[(1 + ScalarSize)..]);
    }

    public static void WritePrivate(in ECParameters parameters, Span<byte> destination)
    {
        parameters.D.CopyTo(destination);
        CryptographicOperations.ZeroMemory(parameters.D);
    }

    /// <exception cref="LoopException"><c>invalid_key</c>: no uncompressed point, or not on the curve.</exception>
    public static void Import(ECAlgorithm algorithm, ReadOnlySpan<byte> point) => Import(algorithm, default, point);

    /// <exception cref="LoopException"><c>invalid_key</c>: no uncompressed point, or not on the curve.</exception>
    public static void Import(ECAlgorithm algorithm, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point)
    {
        if (point.Length != PointSize || point[0] != Uncompressed)
        {
            throw CryptographyErrors.InvalidKey("a public key is no uncompressed point");
        }

        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point.Slice(1, ScalarSize).ToArray(), Y = point[(1 + ScalarSize)..].ToArray() },
            D = scalar.IsEmpty ? null : scalar.ToArray(),
        };
        try
        {
            algorithm.ImportParameters(parameters);
        }
        catch (CryptographicException)
        {
            throw CryptographyErrors.InvalidKey("a public key is not on the curve, or a private one does not belong to it");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }

    /// <summary>The x-coordinate that both ends compute (SP 800-56A section 5.7.1.2).</summary>
    public static SecretBytes Agree(ECDiffieHellman own, ECDiffieHellmanPublicKey other)
    {
        var shared = own.DeriveRawSecretAgreement(other);
        var secret = new SecretBytes(shared);
        CryptographicOperations.ZeroMemory(shared);
        return secret;
    }
}
