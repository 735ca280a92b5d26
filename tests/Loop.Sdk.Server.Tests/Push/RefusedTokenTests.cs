using Loop.Sdk.Push;
using Loop.Sdk.Server.Tests.Push.Harness;

namespace Loop.Sdk.Server.Tests.Push;

/// <summary>Senders whose word is not taken, as they are told it.</summary>
[TestClass]
public sealed class RefusedTokenTests
{
    private const string Claims = """{"aud":"https://push.example","exp":1893459600}""";

    [TestMethod]
    [DataRow("Basic dTpw", "scheme", DisplayName = "vapid scheme")]
    [DataRow("vapid t=", "no token", DisplayName = "vapid no token")]
    [DataRow("vapid t=a.b.c", "no public key", DisplayName = "vapid no key")]
    [DataRow("vapid t=a.b,k=", "no public key")]
    [DataRow("vapid t=a.b.c,k=garbage", "public key", DisplayName = "vapid key garbage")]
    [DataRow("vapid t=a.b.c,k=BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "header")]
    public async Task Headers_without_what_is_needed_are_refused(string authorization, string message) => await RefusedAsync(authorization, message);

    [TestMethod]
    [DataRow("a.b", "three parts", DisplayName = "vapid parts")]
    [DataRow("a.b.c.d", "three parts")]
    public async Task Tokens_of_another_form_are_refused(string token, string message)
    {
        using var keys = VapidKeys.Generate();
        await RefusedAsync($"vapid t={token}, k={keys.ToPublicText()}", message);
    }

    [TestMethod]
    [DataRow("""{"alg":"none"}""", "ES256, and is none", DisplayName = "vapid alg none")]
    [DataRow("""{"alg":"HS256"}""", "ES256, and is HS256", DisplayName = "vapid alg other")]
    [DataRow("""{"\ud800lg":"none","alg":"ES256"}""", "no Unicode", DisplayName = "vapid no unicode")]
    public async Task Algorithms_that_are_not_ES256_are_refused_signed_or_not(string header, string message)
    {
        using var keys = VapidKeys.Generate();
        await RefusedAsync($"vapid t={Jwt.Sign(keys, Claims, header)}, k={keys.ToPublicText()}", message);
        await RefusedAsync($"vapid t={Jwt.Encode(header)}.{Jwt.Encode(Claims)}., k={keys.ToPublicText()}", message);
    }

    [TestMethod]
    [DataRow("""{"aud":"https://push.example"}""", "no exp", DisplayName = "vapid exp missing")]
    [DataRow("""{"aud":"https://push.example","exp":"1893459600"}""", "is a string", DisplayName = "vapid exp text")]
    [DataRow("""{"aud":"https://push.example","exp":1893455900}""", "exp is 100 s ago", DisplayName = "vapid exp past")]
    [DataRow("""{"aud":"https://push.example","exp":-1}""", "expired")]
    [DataRow("""{"aud":"https://push.example","exp":1893542500}""", "may be at most 86400 s", DisplayName = "vapid exp beyond a day")]
    [DataRow("""{"aud":"https://push.example","exp":1e400}""", "may be at most 86400 s", DisplayName = "vapid exp huge")]
    [DataRow("""{"exp":1893459600}""", "aud has to be https://push.example, and is missing", DisplayName = "vapid aud missing")]
    [DataRow("""{"aud":"https://evil.example","exp":1893459600}""", "aud has to be https://push.example, and is https://evil.example", DisplayName = "vapid aud other")]
    public async Task Claims_that_do_not_fit_are_named(string claims, string message)
    {
        using var keys = VapidKeys.Generate();
        await RefusedAsync($"vapid t={Jwt.Sign(keys, claims)}, k={keys.ToPublicText()}", message);
    }

    [TestMethod]
    [DataRow("BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", DisplayName = "vapid key no point")]
    [DataRow("BP____________________________________________________________________________________8")]
    [DataRow("BHm-Zn753LusVaBilc6HCwcCm_zbLc4o2VnygVsW-BeYSDradyajxGVdpPv8DhEIqP0XtEimhVQZnEf_sQ_Uug")]
    public async Task Keys_off_the_curve_are_refused(string key)
    {
        using var keys = VapidKeys.Generate();
        await RefusedAsync($"vapid t={Jwt.Sign(keys, Claims)}, k={key}", "public key");
    }

    [TestMethod]
    [DataRow("", DisplayName = "vapid signature")]
    [DataRow("AAAA")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Signatures_that_are_none_are_refused(string signature)
    {
        using var keys = VapidKeys.Generate();
        await RefusedAsync($"vapid t={Jwt.Encode(Jwt.Header)}.{Jwt.Encode(Claims)}.{signature}, k={keys.ToPublicText()}", "sign");
    }

    // Open to everybody or not: a word that is given has to be good.
    private static async Task RefusedAsync(string authorization, string message)
    {
        await using var world = await PushWorld.StartAsync();
        var user = await world.SubscriberAsync();
        var answer = await world.PostAsync(user.Endpoint, "x", headers: ("Authorization", authorization));
        Assert.AreEqual((401, 109, "vapid"), (answer.Status, answer.Errno, answer["WWW-Authenticate"]));
        Assert.Contains(message, answer.Message);
    }
}
