using Loop.Sdk.Server.Rooms;

namespace Loop.Sdk.Server.Tests.Rooms;

[TestClass]
public sealed class DisplayTextTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("Ada")]
    [DataRow("Ada  Lovelace")]
    [DataRow("O'Brien-Müller, Jr.")]
    [DataRow("张伟")]
    [DataRow("محمد")]
    [DataRow("د.‌ علی", DisplayName = "a zero-width non-joiner, as Persian has it")]
    [DataRow("שלום\u200F!", DisplayName = "a right-to-left mark")]
    [DataRow("क्षत्रिय")]
    [DataRow("👩‍👩‍👧", DisplayName = "emoji with joiners")]
    [DataRow("\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", DisplayName = "a flag with tags")]
    [DataRow("7")]
    [DataRow("?")]
    [DataRow("e\u0301\u0323", DisplayName = "two marks")]
    public void Name_is_taken_when_people_can_read_it(string name) => DisplayText.Check(name, 100);

    [TestMethod]
    [DataRow("Ada\nBob", DisplayName = "a line break")]
    [DataRow("Ada\0", DisplayName = "NUL")]
    [DataRow("\u001B[31mAda", DisplayName = "an escape")]
    [DataRow("Ada\u0085", DisplayName = "a control character of the second set")]
    [DataRow("Ada\u2028", DisplayName = "a line separator")]
    [DataRow("Ada\u2029", DisplayName = "a paragraph separator")]
    [DataRow("\u202Enimda", DisplayName = "right-to-left override")]
    [DataRow("\u202Aada", DisplayName = "left-to-right embedding")]
    [DataRow("ada\u202C", DisplayName = "pop directional formatting")]
    [DataRow("\u2066ada", DisplayName = "left-to-right isolate")]
    [DataRow("\u2067ada", DisplayName = "right-to-left isolate")]
    [DataRow("\u2068ada", DisplayName = "first strong isolate")]
    [DataRow("ada\u2069", DisplayName = "pop directional isolate")]
    [DataRow("a\u200Bda", DisplayName = "a zero-width space")]
    [DataRow("a\u2060da", DisplayName = "a word joiner")]
    [DataRow("\uFEFFada", DisplayName = "a byte order mark")]
    [DataRow("a\u00ADda", DisplayName = "a soft hyphen")]
    [DataRow("ada\uFFFF", DisplayName = "no character")]
    [DataRow("\U000E0001ada", DisplayName = "a language tag")]
    [DataRow("   ", DisplayName = "only spaces")]
    [DataRow("\u200D\u200D", DisplayName = "only joiners")]
    [DataRow("\u3164", DisplayName = "a Hangul filler")]
    [DataRow("\u2800", DisplayName = "an empty Braille pattern")]
    [DataRow("\u00A0\u3000", DisplayName = "only wide spaces")]
    [DataRow("a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", DisplayName = "nine marks")]
    public void Name_is_refused_when_it_could_mislead(string name) =>
        Assert.AreEqual(ErrorCodes.InvalidName, Assert.ThrowsExactly<LoopException>(() => DisplayText.Check(name, 100)).Code);

    [TestMethod]
    public void Name_is_refused_when_it_has_half_a_character() =>
        Assert.AreEqual(ErrorCodes.InvalidName, Assert.ThrowsExactly<LoopException>(static () => DisplayText.Check("a\uD83D", 100)).Code);

    [TestMethod]
    public void Name_is_refused_when_it_is_too_long()
    {
        DisplayText.Check(new string('a', 100), 100);
        Assert.AreEqual(ErrorCodes.InvalidName, Assert.ThrowsExactly<LoopException>(static () => DisplayText.Check(new string('a', 101), 100)).Code);
    }
}
