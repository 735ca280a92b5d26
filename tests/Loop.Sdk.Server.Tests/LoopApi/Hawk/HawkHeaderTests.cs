using Loop.Sdk.Fuzzing;
using Loop.Sdk.Harness;
using Loop.Sdk.Server.LoopApi;

namespace Loop.Sdk.Server.Tests.LoopApi.Hawk;

[TestClass]
public sealed class HawkHeaderTests
{
    private const string Sound = "id=\"a\", ts=\"1\", nonce=\"n\", mac=\"m\"";

    [TestMethod]
    public void Header_with_everything_is_read()
    {
        Assert.IsTrue(HawkHeader.TryParse("mac=\"m=\" ,id=\"a\",  ts=\"12\", nonce=\"n\", hash=\"h\", ext=\"e x't\", app=\"p\", dlg=\"d\"", out var header, out _));
        Assert.AreEqual(("a", 12L, "n", "m=", "h", "e x't", "p", "d"), (header.Id, header.Second, header.Nonce, header.Mac, header.Hash, header.Ext, header.App, header.Dlg));
    }

    [TestMethod]
    [DataRow("", "Bad header format")]
    [DataRow("id", "Bad header format")]
    [DataRow("id=a", "Bad header format")]
    [DataRow(Sound + ",", "Bad header format")]
    [DataRow(Sound + " x", "Bad header format")]
    [DataRow("id=\"a\" ts=\"1\"", "Bad header format")]
    [DataRow(Sound + ", user=\"x\"", "Unknown attribute")]
    [DataRow(Sound + ", ID=\"x\"", "Unknown attribute")]
    [DataRow(Sound + ", id=\"x\"", "Duplicate attribute: id")]
    [DataRow(Sound + ", ext=\"a\\b\"", "Bad attribute value: ext")]
    [DataRow(Sound + ", ext=\"ä\"", "Bad attribute value: ext")]
    [DataRow(Sound + ", ext=\"a", "Bad attribute value: ext")]
    [DataRow("id=\"a\", ts=\"1\", nonce=\"n\"", "Missing attributes")]
    [DataRow("id=\"\", ts=\"1\", nonce=\"n\", mac=\"m\"", "Missing attributes")]
    [DataRow("id=\"a\", ts=\"-1\", nonce=\"n\", mac=\"m\"", "Bad attribute value: ts")]
    [DataRow("id=\"a\", ts=\"1.5\", nonce=\"n\", mac=\"m\"", "Bad attribute value: ts")]
    [DataRow("id=\"a\", ts=\"99999999999999999999\", nonce=\"n\", mac=\"m\"", "Bad attribute value: ts")]
    public void Header_that_is_malformed_is_refused(string text, string error)
    {
        Assert.IsFalse(HawkHeader.TryParse(text, out _, out var given));
        Assert.AreEqual(error, given);
    }

    [TestMethod]
    public void Header_that_is_too_long_is_refused()
    {
        Assert.IsFalse(HawkHeader.TryParse(Sound + $", ext=\"{new string('x', 4096)}\"", out _, out _));
        Assert.IsFalse(HawkHeader.TryParse(Sound.Replace("\"n\"", $"\"{new string('n', 129)}\"", StringComparison.Ordinal), out _, out _));
        Assert.IsFalse(HawkHeader.TryParse(Sound.Replace("\"a\"", $"\"{new string('a', 65)}\"", StringComparison.Ordinal), out _, out _));
    }

    [TestMethod]
    public void Mutated_headers_are_read_or_refused_and_end()
    {
        var random = new SeededRandom(8);
        var sound = System.Text.Encoding.Latin1.GetBytes(Sound + ", hash=\"h\", ext=\"e\"");
        var read = 0;
        for (var round = 0; round < 50_000; round++)
        {
            var text = System.Text.Encoding.Latin1.GetString(Mutator.Mutate(sound, random));
            if (HawkHeader.TryParse(text, out var header, out var error))
            {
                read++;
                Assert.IsTrue(header.Id.Length > 0 && header.Nonce.Length > 0 && header.Mac.Length > 0 && header.Second >= 0, text);
            }
            else
            {
                Assert.AreNotEqual("", error);
            }
        }

        Assert.IsGreaterThan(5000, read);
    }
}
