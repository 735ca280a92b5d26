using System.Text;
using Loop.Sdk.Push;

namespace Loop.Sdk.Fuzzing;

[TestClass]
public sealed class PushFuzzTests
{
    private const int Inputs = 10_000;

    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void Messages_are_read_or_refused_whatever_comes()
    {
        using var keys = Vectors.Receiver();
        FuzzRun.Run(Inputs, random => WebPushEncryption.Decrypt(Mutator.Mutate(Vectors.Body, random), keys));
    }

    [TestMethod]
    public void Legacy_messages_are_read_or_refused_whatever_comes()
    {
        using var keys = Vectors.Receiver();
        var message = LegacyWebPushEncryption.Encrypt("I am the walrus"u8, keys.Recipient, padding: 5);
        FuzzRun.Run(Inputs, random => LegacyWebPushEncryption.Decrypt(
            random.Chance(30) ? Mutator.Mutate(message.Body.ToArray(), random) : message.Body.Span,
            Text(Mutator.Mutate(Encoding.UTF8.GetBytes(message.Encryption), random)),
            Text(Mutator.Mutate(Encoding.UTF8.GetBytes(message.CryptoKey), random)),
            keys));
    }

    [TestMethod]
    public void Authorizations_are_verified_or_refused_whatever_comes()
    {
        using var keys = VapidKeys.Generate();
        var sound = VapidToken.CreateAuthorization(keys, new Uri("https://push.example"), "mailto:a@b.example", Now.AddHours(1));
        var verifier = new VapidVerifier();
        FuzzRun.Run(Inputs, random => verifier.Verify(
            Text(Mutator.Mutate(Encoding.UTF8.GetBytes(sound), random)), random.Chance(20) ? $"p256ecdsa={keys.ToPublicText()}" : null, "https://push.example", Now));
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
