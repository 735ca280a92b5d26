using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Loop.Sdk.Cryptography;

[TestClass]
public sealed class SecrecyTests
{
    [TestMethod]
    public void Keys_are_zeroed_when_disposed_of()
    {
        using var original = RoomKey.Generate();
        var key = original.Next();
        var owner = OwnerKey.Generate();
        using var other = RoomKey.Generate();
        owner.Wrap("room", other);
        var cipher = new RoomCipher("room", key);
        cipher.SealContext(new RoomContext(), 1);

        var secrets = Secrets(key).Concat(Secrets(owner)).Concat(Secrets(cipher)).ToList();
        Assert.IsGreaterThanOrEqualTo(6, secrets.Count, "The room's key and its copy, the owner's, and what the two ciphers keep.");
        Assert.IsGreaterThanOrEqualTo(4, secrets.Count(static bytes => bytes.AsSpan().ContainsAnyExcept((byte)0)));
        key.Dispose();
        owner.Dispose();
        cipher.Dispose();
        Assert.IsTrue(secrets.TrueForAll(static bytes => !bytes.AsSpan().ContainsAnyExcept((byte)0)));
        Assert.ThrowsExactly<ObjectDisposedException>(() => key.Export(new byte[32]));
        Assert.ThrowsExactly<ObjectDisposedException>(() => owner.Export(new byte[32]));
    }

    [TestMethod]
    public void Keys_are_in_no_text_that_is_not_asked_for()
    {
        using var link = RoomLink.Create(new Uri("https://hello.example/abc"), RoomKey.Generate());
        using var owner = OwnerKey.Generate();
        using var member = MemberKey.Generate();
        using var cipher = new RoomCipher("room", link.Key!);
        Assert.AreEqual("RoomKey (loop.v2, epoch 1)", link.Key!.ToString());
        Assert.AreEqual("OwnerKey", owner.ToString());
        Assert.AreEqual($"MemberKey ({member.Identity.Id})", member.ToString());
        Assert.AreEqual("https://hello.example/abc", link.ToString());
        Assert.AreEqual("RoomCipher (room)", cipher.ToString());
        Assert.DoesNotContain(RoomKeyText.Write(link.Key), link.RoomUrl.OriginalString);

        // What a debugger, a logger or a serialiser would show.
        foreach (var secret in new object[] { link.Key, owner, member, link, cipher })
        {
            Assert.AreEqual("{ToString(),nq}", secret.GetType().GetCustomAttribute<DebuggerDisplayAttribute>()!.Value);
        }

        Assert.AreEqual("""{"Algorithm":"loop.v2","Epoch":1,"Size":32}""", JsonSerializer.Serialize(link.Key));
        Assert.AreEqual("""{"Size":32}""", JsonSerializer.Serialize(owner));
    }

    [TestMethod]
    public void Keys_and_content_are_in_no_error()
    {
        using var key = RoomKey.Generate();
        using var cipher = new RoomCipher("room", key);
        var text = RoomKeyText.Write(key);
        var link = Assert.ThrowsExactly<LoopException>(() => RoomLink.Parse($"https://hello.example/abc#v2.1.{text}x"));
        Assert.DoesNotContain(text[..8], link.ToString());

        var context = Assert.ThrowsExactly<LoopException>(() => RoomContext.Parse("""{"roomName":"very secret" oops}"""));
        Assert.DoesNotContain("secret", context.ToString());
        Assert.DoesNotContain("oops", context.ToString());
    }

    // Every secret that an object holds, however deep.
    private static IEnumerable<byte[]> Secrets(object holder)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var left = new Stack<object>([holder]);
        while (left.TryPop(out var item))
        {
            if (!seen.Add(item))
            {
                continue;
            }

            if (item is SecretBytes secret)
            {
                yield return secret.Array;
            }
            else if (item is System.Collections.IEnumerable items and not string)
            {
                items.Cast<object?>().Where(static element => element is not null && !element.GetType().IsPrimitive).ToList().ForEach(element => left.Push(element!));
            }
            else if (item.GetType() is { IsPrimitive: false } type && (type.Namespace == typeof(RoomKey).Namespace || type.IsGenericType))
            {
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
                {
                    if (!field.FieldType.IsPointer && !field.FieldType.IsByRefLike && field.GetValue(item) is { } value)
                    {
                        left.Push(value);
                    }
                }
            }
        }
    }
}
