using Loop.Sdk.Push;
using Loop.Sdk.Server.Tests.Push.Harness;
using Loop.Sdk.Server.Tests.Push.Proof;

namespace Loop.Sdk.Server.Tests.Push.Mozilla;

/// <summary>What application servers that were made for Mozilla's service rely on: who may post, and what a body needs.</summary>
[TestClass]
public sealed class SenderCaseTests
{
    [TestMethod]
    [TestProperty(PushCases.Property, "basic_delivery_with_vapid")]
    public async Task Who_posts_may_say_so_as_the_drafts_had_it()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        using var keys = VapidKeys.Generate();
        var (token, key) = world.Vapid(keys);
        Assert.AreEqual(201, (await world.PostAsync(browser.Endpoint, "signed", authorization: $"Bearer {token}", vapidKey: key)).Status);
        Assert.AreEqual("signed", (await browser.NotificationAsync()).Text);
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "empty_vapid")]
    public async Task Who_posts_need_not_say_whom_to_write_to()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        using var keys = VapidKeys.Generate();
        var (token, key) = world.Vapid(keys, subject: null);
        Assert.AreEqual(201, (await world.PostAsync(browser.Endpoint, "signed", authorization: $"Bearer {token}", vapidKey: key)).Status);
        Assert.AreEqual("signed", (await browser.NotificationAsync()).Text);
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "basic_delivery_with_invalid_vapid")]
    public Task A_key_that_is_garbage_is_refused() => RefusedAsync(static (token, _) => ($"Bearer {token}", "garbage"));

    [TestMethod]
    [TestProperty(PushCases.Property, "basic_delivery_with_invalid_vapid_ckey")]
    public Task A_key_with_a_character_that_is_none_is_refused() => RefusedAsync(static (token, key) => ($"Bearer {token}", $"{key[..^3]}!{key[^2..]}"));

    [TestMethod]
    [TestProperty(PushCases.Property, "basic_delivery_with_invalid_vapid_exp")]
    public Task An_expiry_that_is_no_number_is_refused() => RefusedAsync(static (audience, keys) => Jwt.Sign(keys, $$"""{"aud":"{{audience}}","exp":"@"}"""));

    [TestMethod]
    [TestProperty(PushCases.Property, "basic_delivery_with_invalid_vapid_auth")]
    [DataRow("Bearer ")]
    [DataRow("WebPush ")]
    [DataRow("vapid ")]
    public Task A_scheme_without_a_token_is_refused(string authorization) => RefusedAsync((_, key) => (authorization, key));

    [TestMethod]
    [TestProperty(PushCases.Property, "basic_delivery_with_invalid_signature")]
    public async Task A_token_that_was_changed_is_refused()
    {
        await RefusedAsync(static (token, key) => ($"Bearer {token[..^6]}AAAAAA", key));
        await RefusedAsync(static (token, key) => ($"WebPush {token}x.y", key));
        await RefusedAsync(static (audience, keys) => $"{Jwt.Sign(keys, $$"""{"aud":"{{audience}}"}""")[..^6]}AAAAAA");
    }

    [TestMethod]
    [TestProperty(PushCases.Property, "with_key")]
    public async Task A_subscription_with_a_key_takes_messages_of_its_server_only()
    {
        await using var world = await BrowserWorld.StartAsync();
        using var keys = VapidKeys.Generate();
        using var others = VapidKeys.Generate();

        // Firefox pads the key.
        await using var browser = await world.SubscriberAsync(keys.ToPublicText() + "=");
        var (token, key) = world.Vapid(keys);
        Assert.AreEqual(201, (await world.PostAsync(browser.Endpoint, "right", authorization: $"vapid t={token},k={key}")).Status);
        var (otherToken, otherKey) = world.Vapid(others);
        Assert.AreEqual(401, (await world.PostAsync(browser.Endpoint, "wrong", authorization: $"vapid t={otherToken},k={otherKey}")).Status);
        Assert.AreEqual(401, (await world.PostAsync(browser.Endpoint, "none")).Status);
        Assert.AreEqual("right", (await browser.NotificationAsync()).Text);
        await browser.NothingComesAsync();
    }


    [TestMethod]
    [TestProperty(PushRefusals.Property, "post 400/110 no encoding")]
    [TestProperty(PushCases.Property, "message_without_crypto_headers")]
    public async Task A_body_without_a_word_on_its_encryption_is_refused()
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        using var answer = await world.SendAsync(HttpMethod.Post, browser.Endpoint, [1, 2, 3], ("TTL", "60"));
        Assert.AreEqual(400, (int)answer.StatusCode);
        Assert.Contains("\"errno\":110", await answer.Content.ReadAsStringAsync());
    }


    private static async Task RefusedAsync(Func<string, string, (string Authorization, string Key)> spoil)
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        using var keys = VapidKeys.Generate();
        var (token, key) = world.Vapid(keys);
        var (authorization, wrongKey) = spoil(token, key);
        await RefusedAsync(world, browser, authorization, wrongKey);
    }

    private static async Task RefusedAsync(Func<string, VapidKeys, string> sign)
    {
        await using var world = await BrowserWorld.StartAsync();
        await using var browser = await world.SubscriberAsync();
        using var keys = VapidKeys.Generate();
        await RefusedAsync(world, browser, $"Bearer {sign(world.Address.GetLeftPart(UriPartial.Authority), keys)}", keys.ToPublicText());
    }

    private static async Task RefusedAsync(BrowserWorld world, Browser browser, string authorization, string key)
    {
        Assert.AreEqual(401, (await world.PostAsync(browser.Endpoint, authorization: authorization, vapidKey: key)).Status);
        await browser.NothingComesAsync();
    }
}
