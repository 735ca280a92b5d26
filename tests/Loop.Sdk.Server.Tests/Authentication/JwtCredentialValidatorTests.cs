using System.Security.Cryptography;
using System.Text;
using System.Buffers.Text;
using Loop.Sdk.Handshake;
using Loop.Sdk.Server.Tests.Harness;
using Microsoft.IdentityModel.Tokens;

namespace Loop.Sdk.Server.Tests.Authentication;

[TestClass]
public sealed class JwtCredentialValidatorTests
{
    private readonly ManualTime _time = new();
    private readonly SymmetricSecurityKey _key = new(new byte[32]);

    [TestMethod]
    public async Task Token_of_the_issuer_is_accepted()
    {
        var result = await ValidateAsync(Issuer().Issue("alice", scope: "rooms push").Token);
        Assert.AreEqual("alice", result.PrincipalId);
        Assert.IsTrue(result.Principal!.Identity!.IsAuthenticated);
        Assert.IsNull(result.Principal.FindFirst("iss"));
    }

    [TestMethod]
    public async Task Token_with_es256_is_accepted()
    {
        using var issuer = new LoopTokenIssuer(new LoopTokenIssuerOptions(), _time);
        var result = await ValidateAsync(issuer.IssueGuest("Guest").Token, options => options.Keys.Add(issuer.Key));
        StringAssert.StartsWith(result.PrincipalId, "guest:");
        Assert.AreEqual("Guest", result.Principal!.FindFirst("name")?.Value);
    }

    [TestMethod]
    public async Task Other_audience_is_refused() =>
        Assert.IsNotNull((await ValidateAsync(Issuer(options => options.Audience = "other").Issue("alice").Token)).Refusal);

    [TestMethod]
    public async Task Other_issuer_is_left_to_other_validators() =>
        Assert.AreSame(CredentialResult.Skipped, await ValidateAsync(Issuer(options => options.Issuer = "other").Issue("alice").Token));

    [TestMethod]
    public async Task Other_key_is_refused()
    {
        var other = new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32));
        Assert.IsNotNull((await ValidateAsync(Issuer(options => options.Key = other).Issue("alice").Token)).Refusal);
    }

    [TestMethod]
    public async Task Changed_payload_is_refused()
    {
        var parts = Issuer().Issue("alice").Token.Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("alice", "admin", StringComparison.Ordinal);
        var forged = $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.{parts[2]}";
        Assert.IsNotNull((await ValidateAsync(forged)).Refusal);
    }

    [TestMethod]
    public async Task Token_without_a_signature_is_refused()
    {
        var payload = Issuer().Issue("alice").Token.Split('.')[1];
        var forged = $"{Base64Url.EncodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}"u8)}.{payload}.";
        Assert.IsNotNull((await ValidateAsync(forged)).Refusal);
    }

    [TestMethod]
    public async Task Public_key_used_as_a_secret_is_refused()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forger = Issuer(options => options.Key = new SymmetricSecurityKey(pair.ExportSubjectPublicKeyInfo()));
        var result = await ValidateAsync(forger.Issue("alice").Token, options =>
        {
            options.Keys.Clear();
            options.Keys.Add(new ECDsaSecurityKey(pair));
        });
        Assert.IsNotNull(result.Refusal);
    }

    [TestMethod]
    public async Task Lifetime_counts_with_the_clock_skew()
    {
        var token = Issuer().Issue("alice", lifetime: TimeSpan.FromMinutes(1)).Token;
        _time.Advance(TimeSpan.FromSeconds(89));
        Assert.IsNull((await ValidateAsync(token)).Refusal);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsNotNull((await ValidateAsync(token)).Refusal);
    }

    [TestMethod]
    public async Task Token_from_the_future_is_refused()
    {
        var ahead = new ManualTime();
        ahead.Advance(TimeSpan.FromMinutes(1));
        using var issuer = new LoopTokenIssuer(new LoopTokenIssuerOptions { Key = _key }, ahead);
        Assert.IsNotNull((await ValidateAsync(issuer.Issue("alice").Token)).Refusal);
    }

    [TestMethod]
    public async Task Scope_is_required_if_asked_for()
    {
        Assert.IsNull((await ValidateAsync(Issuer().Issue("alice", scope: "rooms push").Token, static options => options.RequiredScope = "push")).Refusal);
        Assert.IsNotNull((await ValidateAsync(Issuer().Issue("alice", scope: "pushing").Token, static options => options.RequiredScope = "push")).Refusal);
        Assert.IsNotNull((await ValidateAsync(Issuer().Issue("alice").Token, static options => options.RequiredScope = "push")).Refusal);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("a.b.c")]
    [DataRow("....")]
    [DataRow("eyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.x")]
    public async Task Text_that_is_no_token_is_not_accepted(string token) => Assert.IsNull((await ValidateAsync(token)).Principal);

    [TestMethod]
    public async Task Keys_may_come_from_a_source()
    {
        var result = await ValidateAsync(Issuer().Issue("alice").Token, options =>
        {
            options.Keys.Clear();
            options.KeySource = _ => new ValueTask<IReadOnlyCollection<SecurityKey>>([_key]);
        });
        Assert.AreEqual("alice", result.PrincipalId);
    }

    [TestMethod]
    public void Weak_keys_are_refused() =>
        Assert.ThrowsExactly<ArgumentException>(() => Issuer(static options => options.Key = new SymmetricSecurityKey(new byte[16])));

    [TestMethod]
    public void Issued_token_is_not_in_its_text() => Assert.IsFalse(Issuer().Issue("alice") is var issued && issued.ToString().Contains(issued.Token, StringComparison.Ordinal));

    private LoopTokenIssuer Issuer(Action<LoopTokenIssuerOptions>? configure = null)
    {
        var options = new LoopTokenIssuerOptions { Key = _key };
        configure?.Invoke(options);
        return new LoopTokenIssuer(options, _time);
    }

    private ValueTask<CredentialResult> ValidateAsync(string token, Action<JwtCredentialOptions>? configure = null)
    {
        var options = new JwtCredentialOptions { Issuer = "loop", Audience = "loop" };
        options.Keys.Add(_key);
        configure?.Invoke(options);
        return new JwtCredentialValidator(options, _time).ValidateAsync(Credentials.Bearer(token), CancellationToken.None);
    }
}
