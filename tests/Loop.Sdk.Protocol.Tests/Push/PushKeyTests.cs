namespace Loop.Sdk.Push;

[TestClass]
public sealed class PushKeyTests
{
    [TestMethod]
    public void Keys_are_the_same_after_export_and_import()
    {
        using var keys = WebPushKeys.Generate();
        using var again = WebPushKeys.Import(keys.Export());
        Assert.AreEqual((keys.Recipient.ToP256dh(), keys.Recipient.ToAuth()), (again.Recipient.ToP256dh(), again.Recipient.ToAuth()));
        using var vapid = VapidKeys.Generate();
        using var vapidAgain = VapidKeys.Import(vapid.Export());
        Assert.AreEqual(vapid.ToPublicText(), vapidAgain.ToPublicText());
    }

    [TestMethod]
    public void Keys_say_nothing_of_themselves()
    {
        using var keys = WebPushKeys.Generate();
        using var vapid = VapidKeys.Generate();
        Assert.AreEqual("Loop.Sdk.Push.WebPushKeys Loop.Sdk.Push.WebPushRecipient Loop.Sdk.Push.VapidKeys", $"{keys} {keys.Recipient} {vapid}");
    }

    [TestMethod]
    public void Keys_that_were_disposed_of_read_nothing()
    {
        var keys = Vectors.Receiver();
        keys.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => WebPushEncryption.Decrypt(Vectors.Body, keys));
    }

    [TestMethod]
    public void Recipients_are_read_with_padding_and_in_the_standard_alphabet()
    {
        using var keys = Vectors.Receiver();
        var standard = WebPushRecipient.Parse(
            Convert.ToBase64String(keys.Recipient.PublicKey.Span), Convert.ToBase64String(keys.Recipient.Auth.Span));
        Assert.AreEqual(keys.Recipient.ToP256dh(), standard.ToP256dh());
        Assert.AreEqual(keys.Recipient.ToAuth(), standard.ToAuth());
    }

    [TestMethod]
    public void Points_off_the_curve_are_refused()
    {
        foreach (var point in HostilePoints.All)
        {
            var refused = Assert.ThrowsExactly<LoopException>(() => new WebPushRecipient(point, new byte[16]), Convert.ToHexString(point));
            Assert.AreEqual(ErrorCodes.InvalidKey, refused.Code);
        }
    }

    [TestMethod]
    [DataRow("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551")]
    [DataRow("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [DataRow("0000000000000000000000000000000000000000000000000000000000000000")]
    [DataRow("00")]
    [DataRow("")]
    public void Scalars_that_are_none_of_the_curve_are_refused(string scalar)
    {
        var bytes = Convert.FromHexString(scalar);
        Assert.AreEqual(ErrorCodes.InvalidKey, Assert.ThrowsExactly<LoopException>(() => VapidKeys.Import(bytes)).Code);
        Assert.AreEqual(ErrorCodes.InvalidKey, Assert.ThrowsExactly<LoopException>(() => WebPushKeys.Import([.. bytes, .. new byte[16]])).Code);
    }

    [TestMethod]
    [DataRow("", "")]
    [DataRow("BCVx", "BTBZMqHH6r4Tts7J_aSIgg")]
    [DataRow("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "BTBZMqHH6r4Tts7J_aSI")]
    [DataRow("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "BTBZMqHH6r4Tts7J_aSIggAAAA")]
    [DataRow("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "BTBZMqHH6r4 ts7J_aSIgg")]
    public void Texts_that_are_no_keys_are_refused(string p256dh, string auth) =>
        Assert.AreEqual(ErrorCodes.InvalidKey, Assert.ThrowsExactly<LoopException>(() => WebPushRecipient.Parse(p256dh, auth)).Code);
}
