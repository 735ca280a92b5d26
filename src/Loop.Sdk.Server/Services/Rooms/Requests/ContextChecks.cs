using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Loop.Sdk.Server.Rooms;

/// <summary>Checks sealed contexts, as far as that is possible without a key: what no member could open is not kept.</summary>
internal static class ContextChecks
{
    private const string LoopV2 = "loop.v2";
    private const string AesGcm = "AES-GCM";
    private const byte LoopV2Version = 2;

    // Head, nonce and tag of a loop.v2 envelope; IV and tag of the original one.
    private const int LoopV2Overhead = 78;
    private const int AesGcmOverhead = 28;

    // What says version, flags and epoch.
    private const int HeadLength = 6;
    private const int HeadCharacters = 8;

    private static readonly SearchValues<char> Base64UrlCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private static readonly SearchValues<char> Base64Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n");

    /// <summary>Checks a context of a room whose key is of an epoch, and gives it as it is stored.</summary>
    /// <exception cref="LoopException"><c>invalid_request</c>, <c>stale_epoch</c>.</exception>
    public static Storage.SealedContext? Check(Loop.Sdk.Rooms.SealedContext? context, int epoch, int most)
    {
        if (context is null)
        {
            return null;
        }

        if (context.Value.Length > most)
        {
            throw RoomErrors.Invalid($"The context is longer than {most} characters.");
        }

        RequestChecks.Version(context.Version);
        if (context.Author is { } author)
        {
            RequestChecks.Id(author, RequestLimits.MaxMember, "context's author");
        }

        switch (context.Algorithm)
        {
            case LoopV2:
                CheckLoopV2(context.Value, epoch);
                break;
            case AesGcm:
                CheckCharacters(context.Value, Base64Characters, AesGcmOverhead);
                break;
            default:
                throw RoomErrors.Invalid("The context's algorithm is not known.");
        }

        return new Storage.SealedContext(context.Value, context.Algorithm, context.Version, context.Author);
    }

    private static void CheckLoopV2(string value, int epoch)
    {
        CheckCharacters(value, Base64UrlCharacters, LoopV2Overhead);
        Span<byte> head = stackalloc byte[HeadLength];
        Base64Url.DecodeFromChars(value.AsSpan(0, HeadCharacters), head);
        if (head[0] != LoopV2Version)
        {
            throw RoomErrors.Invalid("The context is no envelope of its kind.");
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(head[2..]) != epoch)
        {
            throw RoomErrors.Of(ErrorCodes.StaleEpoch);
        }
    }

    private static void CheckCharacters(string value, SearchValues<char> allowed, int overhead)
    {
        if (value.Length * 3 / 4 < overhead || value.AsSpan().ContainsAnyExcept(allowed))
        {
            throw RoomErrors.Invalid("The context is no envelope of its kind.");
        }
    }
}
