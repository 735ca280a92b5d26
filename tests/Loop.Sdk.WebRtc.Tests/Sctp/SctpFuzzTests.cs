using System.Buffers.Binary;
using Loop.Sdk.WebRtc.DataChannels;

namespace Loop.Sdk.WebRtc.Sctp;

/// <summary>Hostile input, each from a seed: nothing throws, nothing runs on for ever, and memory stays bounded.</summary>
[TestClass]
public sealed class SctpFuzzTests
{
    private const int Runs = 8_000;
    private const int InputsPerRun = 25;
    private const int ParserInputs = 200_000;
    private const int NightlyFactor = 50;

    private static int Factor => Environment.GetEnvironmentVariable("LOOP_NIGHTLY") == "1" ? NightlyFactor : 1;

    [TestMethod]
    public void Parsers_refuse_or_read_anything()
    {
        var buffer = new byte[200];
        var read = 0;
        for (var seed = 0; seed < ParserInputs * Factor; seed++)
        {
            var random = new Random(seed);
            var bytes = buffer.AsSpan(0, random.Next(buffer.Length));
            random.NextBytes(bytes);
            if (bytes.Length > 4 && random.Next(4) > 0)
            {
                // A length that fits leads further.
                BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)random.Next(bytes.Length + 2));
                bytes[0] = (byte)random.Next(16);
            }

            ReadOnlySpan<byte> chunks = bytes;
            while (Chunk.TryRead(ref chunks, out var chunk))
            {
                read += DataChunk.TryRead(chunk, out _) ? 1 : 0;
                read += InitChunk.TryRead(chunk.Value, out _) ? 1 : 0;
                read += OpenMessage.Read(chunk.Value) is null ? 0 : 1;
            }

            ReadOnlySpan<byte> parameters = bytes;
            while (Parameter.TryRead(ref parameters, out _))
            {
            }

            Assert.IsFalse(StateCookie.TryRead(bytes, buffer.AsSpan(0, 32), out _));
            Assert.IsFalse(OpenMessage.IsAck(bytes) && OpenMessage.Read(bytes) is not null);
        }

        Assert.IsTrue(read > 0);
    }

    [TestMethod]
    public void Association_survives_anything_in_every_state()
    {
        var reached = new HashSet<SctpEndReason>();
        var goingOn = 0;
        for (var seed = 0; seed < Runs * Factor; seed++)
        {
            var run = new FuzzPair(seed);
            try
            {
                run.Prepare();
                for (var input = 0; input < InputsPerRun; input++)
                {
                    run.Attack();
                }
            }
            catch (Exception exception) when (exception is not AssertFailedException)
            {
                Assert.Fail($"Seed {seed}: {exception}");
            }

            reached.Add(run.Reason);
            goingOn += run.Reason == SctpEndReason.None ? 1 : 0;
        }

        Assert.IsTrue(reached.Contains(SctpEndReason.ProtocolViolation) && reached.Contains(SctpEndReason.AbortedByPeer), string.Join(' ', reached));
        Assert.IsTrue(goingOn > Runs / 10, $"Only {goingOn} went on: the rest tests little.");
    }
}
