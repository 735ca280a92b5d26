namespace Loop.Sdk.Push;

/// <summary>What is no point of P-256, but looks like one.</summary>
internal static class HostilePoints
{
    public static IEnumerable<byte[]> All
    {
        get
        {
            byte[] good = [.. Vectors.Bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")];
            yield return [];
            yield return [0];
            yield return good[..33];
            yield return good[..64];
            yield return [.. good, 0];
            yield return [2, .. good[1..]];
            yield return [3, .. good[1..33]];
            yield return [6, .. good[1..]];
            yield return [0, .. good[1..]];
            yield return [4, .. new byte[64]];
            yield return [4, .. Enumerable.Repeat((byte)0xFF, 64)];

            // The prime of the field, as x, which is 0 of another writing.
            yield return [4, .. Convert.FromHexString("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"), .. good[33..]];

            // The twist, and a point of the curve secp256k1.
            yield return [.. good[..64], (byte)(good[64] ^ 1)];
            yield return [4, .. Convert.FromHexString("79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8")];
        }
    }
}
