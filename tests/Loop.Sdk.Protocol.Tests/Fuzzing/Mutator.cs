using System.Text;
using Loop.Sdk.Harness;

namespace Loop.Sdk.Fuzzing;

/// <summary>Spoils sound input, a little or a lot, and sometimes puts noise in its place.</summary>
internal static class Mutator
{
    // What parsers of text stumble over.
    private static readonly byte[][] Words =
        [.. new[] { "\\ud800", "\\u0000", "1e400", "-1", "99999999999999999999", "null", "true", "\"\"", "{}", "[[[[[[[[[[", "\":{\"", ",", ";", "=", "\r\n" }.Select(Encoding.ASCII.GetBytes)];

    // Values at which lengths, ids, types, varints and names change their meaning.
    private static readonly byte[] Telling = [0x00, 0x01, 0x03, 0x04, 0x08, 0x20, 0x22, 0x2E, 0x40, 0x4F, 0x7B, 0x7F, 0x80, 0x81, 0xC0, 0xFE, 0xFF];

    public static byte[] Mutate(byte[] sound, SeededRandom random)
    {
        if (random.Chance(3))
        {
            var noise = new byte[random.Next(120)];
            random.Fill(noise);
            return noise;
        }

        var bytes = new List<byte>(sound);
        for (var change = random.Between(0, 4); change > 0; change--)
        {
            var place = random.Next(bytes.Count + 1);
            switch (random.Next(7))
            {
                case 0 when place < bytes.Count:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when place < bytes.Count:
                    bytes[place] = random.Pick<byte>(Telling);
                    break;
                case 2:
                    bytes.Insert(place, random.Pick<byte>(Telling));
                    break;
                case 3 when place < bytes.Count:
                    bytes.RemoveAt(place);
                    break;
                case 4:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                case 5:
                    bytes.InsertRange(place, random.Pick<byte[]>(Words));
                    break;
                default:
                    var length = random.Next(Math.Min(bytes.Count - place, 64) + 1);
                    bytes.InsertRange(place, bytes.GetRange(place, length));
                    break;
            }
        }

        return [.. bytes];
    }
}
