using System.Text;
using Loop.Sdk.Server.LoopApi;

namespace Loop.Sdk.Server.Tests.LoopApi.Hawk;

/// <summary>The vectors of the specification.</summary>
[TestClass]
public sealed class HawkVectorTests
{
    private const string Token = "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf";

    [TestMethod]
    [DataRow(Token, "c0a29dcf46174973da1378696e4c82ae10f723cf4f4d9f75e39f4ae3851595ab", "9d8f22998ee7f5798b887042466b72d53e56ab0c094388bf65831f702d2febc0")]
    [DataRow("0000000000000000000000000000000000000000000000000000000000000000", "cb339b3ae38e8ca7ce73414765fcf866ec6fd00faa48932575b407d1836c6e01", "06b3bea873cc43aac3506d36baf945399d76539493a48607047f8d210e4aae40")]
    [DataRow("c7ee533a75a4f3b8a2a44b0b417eec15295ad43ff2b402776078ec87abb31cd9", "022f3bf01b57e86e3c8a5832b8b7ab56c896fbf8b26b0f2aabcb13919b78937a", "fa57cdd9b34cbfa676d643f816347e3ad29f7f1beadc4cc7d68cc2c9cdeafb63")]
    public void Token_gives_id_and_key(string token, string id, string key)
    {
        var credentials = HawkCredentials.Derive(Convert.FromHexString(token));
        Assert.AreEqual((id, key), (credentials.Id, credentials.Key));
    }

    [TestMethod]
    public void Requests_answers_and_times_have_their_codes()
    {
        var key = Encoding.ASCII.GetBytes(HawkCredentials.Derive(Convert.FromHexString(Token)).Key);
        var get = new HawkTarget("GET", "/v1/rooms?version=1415629000", "localhost", 5000);
        Assert.AreEqual("NmOTxmprxt78NRECVGPXBSeoi2sio26Knf2GUNvoS7A=", HawkMac.OfRequest(key, Header(), get));
        Assert.AreEqual("HiTIM0+Pk+nzgVmguw6rhJQhJEt0VGmjs1N6M70Fydw=", HawkMac.OfResponse(key, Header(), get));
        var hash = HawkMac.OfPayload("Application/JSON; charset=utf-8", Encoding.UTF8.GetBytes("""{"action":"refresh"}"""));
        Assert.AreEqual("oK4TUlqaT0BoFvcEGYGlYYwZagnxJgKl6IW4vVDUv9o=", hash);
        var post = new HawkTarget("POST", "/v1/rooms/pPVoaqiH89M", "localhost", 5000);
        Assert.AreEqual("TbgMUZgFussmtkTjqzJGY6nQDW+Jy3plY+jX+dwMt68=", HawkMac.OfRequest(key, Header($", hash=\"{hash}\""), post));
        Assert.AreEqual("dgctltg/EXsh099Kxuq//pkAalZOMuX4ZKOs4TAz8S0=", HawkMac.OfTime(key, 1415629780));
    }

    private static HawkHeader Header(string more = "") =>
        HawkHeader.TryParse($"id=\"x\", ts=\"1415629780\", nonce=\"Ygvqdz\", mac=\"x\"{more}", out var header, out var error) ? header : throw new AssertFailedException(error);
}
