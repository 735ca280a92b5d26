using System.Buffers.Text;
using System.Security.Cryptography;

namespace Loop.Sdk.Push;

/// <summary>The values that the standards publish.</summary>
internal static class Vectors
{
    public static readonly byte[] Salt = Bytes("DGv6ra1nlYgDCS1FRnbzlw");
    public static readonly byte[] Body =
        Bytes("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");

    public const string Plaintext = "When I grow up, I want to be a watermelon";

    /// <summary>The user agent of RFC 8291, appendix A.</summary>
    public static WebPushKeys Receiver() => Keys("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94", "BTBZMqHH6r4Tts7J_aSIgg");

    /// <summary>The application server of RFC 8291, appendix A.</summary>
    public static ECDiffieHellman Sender() => Private("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");

    public static WebPushKeys Keys(string scalar, string auth) => WebPushKeys.Import([.. Bytes(scalar), .. Bytes(auth)]);

    public static ECDiffieHellman Private(string scalar)
    {
        var key = ECDiffieHellman.Create();
        PushPoint.ImportPrivate(key, Bytes(scalar));
        return key;
    }

    public static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);
}
