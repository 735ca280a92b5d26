namespace Loop.Sdk.WebRtc.Mesh;

[TestClass]
public sealed class FileNamesTests
{
    [TestMethod]
    [DataRow("plan.txt", "plan.txt")]
    [DataRow("../../etc/passwd", "passwd")]
    [DataRow("C:\\Windows\\system.ini", "system.ini")]
    [DataRow("a/", "file")]
    [DataRow("", "file")]
    [DataRow(null, "file")]
    [DataRow("...", "file")]
    [DataRow(".bashrc", "bashrc")]
    [DataRow("name. .", "name")]
    [DataRow("a:b|c?.txt", "a_b_c_.txt")]
    [DataRow("CON", "_CON")]
    [DataRow("nul.txt", "_nul.txt")]
    [DataRow("com1 .x", "_com1 .x")]
    [DataRow("company.txt", "company.txt")]
    [DataRow("photo\u202Egnp.exe", "photognp.exe")]
    [DataRow("line\nbreak\0", "linebreak")]
    [DataRow("zero\u200Bwidth", "zerowidth")]
    [DataRow("\U0001F600 smile", "\U0001F600 smile")]
    [DataRow("half\uD83D", "half")]
    public void Names_become_safe(string? name, string expected) => Assert.AreEqual(expected, FileNames.Clean(name));

    [TestMethod]
    public void Names_become_short() => Assert.AreEqual(200, FileNames.Clean(new string('x', 10_000)).Length);

    [TestMethod]
    public void Names_of_any_characters_are_safe()
    {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var characters = new char[random.Next(40)];
            for (var index = 0; index < characters.Length; index++)
            {
                characters[index] = (char)random.Next(random.Next(2) == 0 ? 0x10000 : 0x80);
            }

            var clean = FileNames.Clean(new string(characters));
            Assert.AreNotEqual(0, clean.Length);
            Assert.AreEqual(clean, Path.GetFileName(clean));
            Assert.AreEqual(clean, FileNames.Clean(clean), "Once is enough.");
            Assert.IsFalse(clean.Any(char.IsControl));
        }
    }
}
