using System.Text;

namespace Loop.Sdk.Push;

[TestClass]
public sealed class VapidTests
{
    private const string Audience = "https://push.example";

    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly VapidKeys Keys = VapidKeys.Generate();

    [TestMethod]
    public void Token_of_the_standard_is_verified()
    {
        // RFC 8292, section 2.4.
        const string Header = "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
        var identity = new VapidVerifier().Verify(Header, null, "https://push.example.net", DateTimeOffset.FromUnixTimeSeconds(1453523768 - 3600));
        Assert.AreEqual("mailto:push@example.com", identity.Subject);
    }

    [TestMethod]
    [DataRow("https://push.example:8443/push/v1/abc?x#y", "https://push.example:8443")]
    [DataRow("https://push.example:443/push", "https://push.example")]
    [DataRow("http://127.0.0.1:80/", "http://127.0.0.1")]
    [DataRow("http://[::1]:8080/", "http://[::1]:8080")]
    public void Audience_is_the_origin_of_the_endpoint(string endpoint, string audience)
    {
        Assert.AreEqual(audience, VapidToken.OriginOf(new Uri(endpoint)));
        var identity = Verify(VapidToken.CreateAuthorization(Keys, new Uri(endpoint), "mailto:a@b.example", Now.AddHours(24)), audience: audience);
        CollectionAssert.AreEqual(Keys.PublicKey.ToArray(), identity.PublicKey.ToArray());
        Assert.AreEqual(("mailto:a@b.example", Now.AddHours(24)), (identity.Subject, identity.ExpiresAt));
    }

    [TestMethod]
    public void Subject_may_be_missing() => Assert.IsNull(Verify(VapidToken.CreateAuthorization(Keys, new Uri(Audience), null, Now.AddHours(1))).Subject);

    [TestMethod]
    public void Subjects_of_other_schemes_are_not_signed() =>
        Assert.ThrowsExactly<ArgumentException>(() => VapidToken.CreateAuthorization(Keys, new Uri(Audience), "javascript:alert(1)", Now));

    [TestMethod]
    [DataRow("Bearer")]
    [DataRow("bearer")]
    [DataRow("WebPush")]
    public void Headers_of_the_drafts_are_verified(string scheme) =>
        Assert.IsNotNull(Verify($"{scheme} {Token()}", $"keyid=\"a1\"; dh=\"AAAA\";p256ecdsa=\"{Keys.ToPublicText()}=\""));

    [TestMethod]
    public void Keys_in_the_standard_alphabet_are_taken() =>
        Assert.IsNotNull(Verify($"VAPID  k={Convert.ToBase64String(Keys.PublicKey.Span)} , t={Token()}"));

    [TestMethod]
    [DataRow("", "scheme")]
    [DataRow("Basic dTpw", "scheme")]
    [DataRow("vapid", "no token")]
    [DataRow("vapid ", "no token")]
    [DataRow("Bearer", "no token")]
    [DataRow("Bearer ", "no token")]
    [DataRow("vapid t=,k=", "no token")]
    [DataRow("vapid t=a.b.c", "no public key")]
    [DataRow("Bearer a.b.c", "no public key")]
    [DataRow("vapid t=a.b.c,k=AAAA", "public key")]
    [DataRow("vapid t=a.b.c,k=!!!!", "public key")]
    [DataRow("vapid t=a,t=b,k=AAAA", "two tokens")]
    [DataRow("vapid t=a,k=AAAA,k=AAAA", "two public keys")]
    public void Headers_without_what_is_needed_are_refused(string authorization, string message) => Refused(message, authorization);

    [TestMethod]
    [DataRow("a", "three parts")]
    [DataRow("a.b", "three parts")]
    [DataRow("a.b.c.d", "three parts")]
    [DataRow("!.e30.AA", "header")]
    [DataRow("e30.e30.AA", "ES256, and is missing")]
    public void Tokens_of_another_form_are_refused(string token, string message) => Refused(message, $"vapid t={token}, k={Keys.ToPublicText()}");

    [TestMethod]
    [DataRow("""{"alg":"none"}""", "ES256, and is none")]
    [DataRow("""{"alg":"HS256"}""", "ES256, and is HS256")]
    [DataRow("""{"alg":"es256"}""", "ES256, and is es256")]
    [DataRow("""{"alg":5}""", "ES256")]
    [DataRow("""{"alg":"ES256","alg":"none"}""", "twice")]
    [DataRow("""{"alg":"ES256","crit":["x"]}""", "crit")]
    [DataRow("""["ES256"]""", "header")]
    [DataRow("""{"\ud800lg":"none","alg":"ES256"}""", "no Unicode")]
    [DataRow("{", "header")]
    [DataRow("[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", "header")]
    public void Algorithms_that_are_not_ES256_are_refused(string header, string message) => Refused(message, Header(Token(header: header)));

    [TestMethod]
    [DataRow("""{"aud":"https://push.example"}""", "no exp")]
    [DataRow("""{"aud":"https://push.example","exp":"1893459600"}""", "exp has to be a number of seconds, and is a string")]
    [DataRow("""{"aud":"https://push.example","exp":null}""", "exp has to be a number")]
    [DataRow("""{"aud":"https://push.example","exp":1893455939}""", "exp is 61 s ago")]
    [DataRow("""{"aud":"https://push.example","exp":-1}""", "expired")]
    [DataRow("""{"aud":"https://push.example","exp":-1e300}""", "expired")]
    [DataRow("""{"aud":"https://push.example","exp":1893542461}""", "exp is 86461 s from now, and may be at most 86400 s")]
    [DataRow("""{"aud":"https://push.example","exp":1e300}""", "exp is 9223372036854775807 s from now")]
    [DataRow("""{"aud":"https://push.example","exp":1e400}""", "from now")]
    [DataRow("""{"exp":1893459600}""", "aud has to be https://push.example, and is missing")]
    [DataRow("""{"aud":5,"exp":1893459600}""", "aud has to be https://push.example, and is missing")]
    [DataRow("""{"aud":"https://evil.example","exp":1893459600}""", "aud has to be https://push.example, and is https://evil.example")]
    [DataRow("""{"aud":"https://push.example:8443","exp":1893459600}""", "aud has to be https://push.example, and is https://push.example:8443")]
    [DataRow("""{"aud":["https://evil.example"],"exp":1893459600}""", "and is a list without it")]
    [DataRow("""{"aud":"https://push.example","exp":1893459600,"exp":1893459600}""", "twice")]
    [DataRow("5", "body")]
    [DataRow("""{"aud":"\ud800","exp":1893459600}""", "no Unicode")]
    [DataRow("""{"aud":"https://push.example","exp":1893459600,"\ud800":1}""", "no Unicode")]
    public void Claims_that_do_not_fit_are_named(string claims, string message) => Refused(message, Header(Token(claims: claims)));

    [TestMethod]
    [DataRow("""{"aud":"https://push.example","exp":1893455941}""")]
    [DataRow("""{"aud":"https://push.example/","exp":1893459600.5}""")]
    [DataRow("""{"aud":"https://PUSH.example","exp":1893542400}""")]
    [DataRow("""{"aud":["https://other.example","https://push.example"],"exp":1893459600,"sub":5}""")]
    public void Claims_within_the_rules_are_taken(string claims) => Assert.IsNotNull(Verify(Header(Token(claims: claims))));

    [TestMethod]
    public void Signatures_of_another_length_are_refused()
    {
        var token = Token();
        var dot = token.LastIndexOf('.');
        var signature = Vectors.Bytes(token[(dot + 1)..]);
        foreach (var wrong in new byte[][] { [], signature[..63], [.. signature, 0], [0x30, 0x44, .. signature] })
        {
            Refused("64 bytes, r and s", Header($"{token[..dot]}.{PushText.Encode(wrong)}"));
        }

        Refused("was not signed", Header($"{token[..dot]}.{PushText.Encode(new byte[64])}"));
        Refused("was not signed", Header($"{token[..dot]}.{PushText.Encode(Enumerable.Repeat((byte)0xFF, 64).ToArray())}"));
    }

    [TestMethod]
    public void Every_flipped_bit_of_a_signature_is_noticed()
    {
        var token = Token();
        var dot = token.LastIndexOf('.');
        var signature = Vectors.Bytes(token[(dot + 1)..]);
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var wrong = (byte[])signature.Clone();
            wrong[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused("was not signed", Header($"{token[..dot]}.{PushText.Encode(wrong)}"));
        }
    }

    [TestMethod]
    public void Tokens_of_another_key_are_refused()
    {
        using var other = VapidKeys.Generate();
        Refused("was not signed", $"vapid t={Token()},k={other.ToPublicText()}");
        foreach (var point in HostilePoints.All.Where(static point => point.Length == PushPoint.Size))
        {
            Refused("public key", $"vapid t={Token()},k={PushText.Encode(point)}");
        }
    }

    [TestMethod]
    public void A_token_that_was_verified_is_refused_all_the_same_when_something_else_is()
    {
        var verifier = new VapidVerifier();
        var header = Header(Token());
        Assert.AreSame(verifier.Verify(header, null, Audience, Now), verifier.Verify(header, null, Audience, Now.AddMinutes(1)));
        Refused("aud has to be https://other.example", header, audience: "https://other.example", verifier: verifier);
        Refused("expired", header, now: Now.AddHours(2), verifier: verifier);
        using var other = VapidKeys.Generate();
        Refused("was not signed", $"vapid t={Token()}, k={other.ToPublicText()}", verifier: verifier);
        Refused("was not signed", $"Bearer {Token()}", $"p256ecdsa={other.ToPublicText()}", verifier: verifier);
    }

    [TestMethod]
    public void Tokens_that_are_used_stay_remembered_and_others_go()
    {
        var verifier = new VapidVerifier(capacity: 8);
        var header = Header(Token());
        var first = verifier.Verify(header, null, Audience, Now);
        for (var count = 0; count < 40; count++)
        {
            verifier.Verify(Header(Token(claims: Claims(3600 + count))), null, Audience, Now);
            Assert.AreSame(first, verifier.Verify(header, null, Audience, Now));
        }

        for (var count = 0; count < 8; count++)
        {
            verifier.Verify(Header(Token(claims: Claims(7200 + count))), null, Audience, Now);
        }

        Assert.AreNotSame(first, verifier.Verify(header, null, Audience, Now));
    }

    private static string Claims(int seconds) => $$"""{"aud":"{{Audience}}","exp":{{Now.ToUnixTimeSeconds() + seconds}}}""";

    private static string Token(string header = """{"typ":"JWT","alg":"ES256"}""", string? claims = null)
    {
        var text = $"{PushText.Encode(Encoding.UTF8.GetBytes(header))}.{PushText.Encode(Encoding.UTF8.GetBytes(claims ?? Claims(3600)))}";
        return $"{text}.{PushText.Encode(Keys.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Header(string token) => $"vapid t={token}, k={Keys.ToPublicText()}";

    private static VapidIdentity Verify(string authorization, string? cryptoKey = null, string audience = Audience) =>
        new VapidVerifier().Verify(authorization, cryptoKey, audience, Now);

    private static void Refused(string message, string authorization, string? cryptoKey = null, string audience = Audience, DateTimeOffset? now = null, VapidVerifier? verifier = null)
    {
        var refused = Assert.ThrowsExactly<LoopException>(() => (verifier ?? new VapidVerifier()).Verify(authorization, cryptoKey, audience, now ?? Now), authorization);
        Assert.AreEqual(ErrorCodes.VapidRefused, refused.Code);
        Assert.Contains(message, refused.Message);
    }
}
