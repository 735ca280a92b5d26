using BenchmarkDotNet.Attributes;
using Loop.Sdk.Frames;

namespace Loop.Bench.Micro;

/// <summary>Writing and reading frames alone, 100 bytes of payload each.</summary>
public class CodecBenchmarks
{
    private const int Frames = 512;

    private readonly byte[] _payload = new byte[100];
    private readonly byte[] _buffer = new byte[Frames * 128];
    private int _length;

    [GlobalSetup]
    public void Setup() => _length = WriteAll();

    [Benchmark(OperationsPerInvoke = Frames)]
    public int Write() => WriteAll();

    [Benchmark(OperationsPerInvoke = Frames)]
    public int Read()
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(0, _length);
        var bytes = 0;
        while (FrameReader.TryRead(rest, out var frame))
        {
            var body = frame.Body;
            FrameReader.TakeVarint(ref body);
            bytes += body.Length;
            rest = rest[frame.Length..];
        }

        return bytes;
    }

    private int WriteAll()
    {
        var offset = 0;
        for (var index = 0; index < Frames; index++)
        {
            const ulong stream = 12345;
            var body = Varint.Length(stream) + _payload.Length;
            offset += FrameWriter.WriteHead(_buffer.AsSpan(offset), FrameKind.Item, FrameFlags.None, body);
            offset += Varint.Write(_buffer.AsSpan(offset), stream);
            _payload.CopyTo(_buffer.AsSpan(offset));
            offset += _payload.Length;
        }

        return offset;
    }
}
