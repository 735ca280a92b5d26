using System.Security.Claims;
using Loop.Sdk.Frames;
using Loop.Sdk.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.Contracts;

[TestClass]
public sealed class AuthorizationTests
{
    [TestMethod]
    public async Task Rule_of_a_method_refuses_that_method_alone()
    {
        await using var host = new MemoryHost(build: static builder => builder.AddContract<ITestContract>(
            new TestHandler(), static options => options.Authorize(nameof(ITestContract.FailAsync), static call => new ValueTask<bool>(call.Session.PrincipalId == "root"))));
        using var client = await host.OpenAsync();
        await client.CallAsync(1, ITestContract.FailMethod);
        Assert.AreEqual(ErrorCodes.PermissionDenied, (await client.ReadAsync()).Error.Code);
        await client.CallAsync(3, ITestContract.EchoMethod);
        Assert.AreEqual(FrameKind.Item, (await client.ReadAsync()).Kind);
    }

    [TestMethod]
    [DataRow("admin", true)]
    [DataRow("user", false)]
    public async Task Policy_of_the_host_decides(string role, bool allowed)
    {
        await using var host = new MemoryHost(build: static builder =>
        {
            builder.Services.AddAuthorization(static options => options.AddPolicy("admins", static policy => policy.RequireClaim("role", "admin")));
            builder.AddContract<ITestContract>(new TestHandler(), static options => options.RequirePolicy("admins"));
        });
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "alice"), new Claim("role", role)], "test"));
        using var client = await host.Connect(user: user).HelloAsync();
        await client.CallAsync(1, ITestContract.EchoMethod);
        Assert.AreEqual(allowed ? FrameKind.Item : FrameKind.Error, (await client.ReadAsync()).Kind);
    }

    [TestMethod]
    public void Rule_for_a_method_that_is_not_there_is_refused() =>
        Assert.ThrowsExactly<ArgumentException>(() => new MemoryHost(build: static builder => builder.AddContract<ITestContract>(
            new TestHandler(), static options => options.Authorize("None", static _ => new ValueTask<bool>(true)))));
}
