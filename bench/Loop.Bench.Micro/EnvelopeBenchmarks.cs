using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Loop.Sdk.Cryptography;

namespace Loop.Bench.Micro;

/// <summary>A room's context of 1 KiB and a timeline entry of 100 bytes, beside AES-256-GCM with a key that is ready.</summary>
public class EnvelopeBenchmarks
{
    private const string Room = "_nxD4V4FflQ";

    private readonly byte[] _entry = new byte[100];
    private readonly byte[] _plain = new byte[1024];
    private readonly byte[] _nonce = new byte[12];
    private readonly byte[] _tag = new byte[16];
    private readonly byte[] _ciphertext = new byte[1024];
    private readonly AesGcm _aes = new(new byte[32], 16);
    private readonly MemberKey _author = MemberKey.Generate();
    private RoomCipher _cipher = null!;
    private RoomKey _originalKey = null!;
    private string _context = "";
    private string _signedContext = "";
    private string _originalContext = "";
    private byte[] _sealedEntry = [];

    [GlobalSetup]
    public void Setup()
    {
        using var key = RoomKey.Generate();
        _cipher = new RoomCipher(Room, key);
        _originalKey = RoomKey.GenerateAesGcm();
        var context = new RoomContext { RoomName = "Name", Description = new string('d', 950), Urls = [new RoomContextUrl { Location = "https://example.org/" }] };
        _context = _cipher.SealContext(context, 1);
        _signedContext = _cipher.SealContext(context, 1, _author);
        _originalContext = AesGcmEnvelope.SealContext(_originalKey, context);
        _sealedEntry = _cipher.Seal(EnvelopeField.Timeline, "1", 1, _entry, _author);
        _aes.Encrypt(_nonce, _plain, _ciphertext, _tag);
    }

    [Benchmark(Baseline = true)]
    public void AesGcmAlone() => _aes.Decrypt(_nonce, _ciphertext, _tag, _plain);

    [Benchmark]
    public RoomContext OpenContext() => _cipher.OpenContext(_context, 1);

    [Benchmark]
    public RoomContext OpenSignedContext() => _cipher.OpenContext(_signedContext, 1, _author.Identity);

    [Benchmark]
    public RoomContext OpenOriginalContext() => AesGcmEnvelope.OpenContext(_originalKey, _originalContext);

    [Benchmark]
    public byte[] SealEntry() => _cipher.Seal(EnvelopeField.Timeline, "1", 1, _entry, _author);

    [Benchmark]
    public OpenedEntry OpenEntry() => _cipher.Open(EnvelopeField.Timeline, "1", 1, _sealedEntry, _author.Identity);
}
