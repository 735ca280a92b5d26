using System.Text.Json;
using Loop.Sdk.Server.Tests.LoopApi.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loop.Sdk.Server.Tests.LoopApi;

[TestClass]
public sealed class OpenApiTests
{
    private const string Document = "docs/loop-http-api.openapi.json";
    private const string Version = "/v0";

    [TestMethod]
    public async Task Document_describes_the_routes_that_are_mapped_and_no_others()
    {
        await using var world = await HttpWorld.StartAsync();
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Root(), Document)));
        Assert.AreEqual("3.1.0", document.RootElement.GetProperty("openapi").GetString());
        Assert.AreEqual(Version, document.RootElement.GetProperty("servers")[0].GetProperty("url").GetString());
        var described = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject().Where(static member => member.Name != "parameters").Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        var mapped = world.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.RoutePattern.RawText!.StartsWith(Version + "/", StringComparison.Ordinal))
            .SelectMany(static endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Where(static method => method != "HEAD")
                .Select(method => $"{method} {endpoint.RoutePattern.RawText![Version.Length..]}"));
        CollectionAssert.AreEqual(mapped.Order(StringComparer.Ordinal).ToList(), described.Order(StringComparer.Ordinal).ToList());
    }

    [TestMethod]
    public async Task Every_reference_of_the_document_leads_somewhere_and_every_operation_has_answers()
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Root(), Document)));
        foreach (var operation in document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(static path => path.Value.EnumerateObject()).Where(static member => member.Name != "parameters"))
        {
            Assert.IsNotEmpty(operation.Value.GetProperty("responses").EnumerateObject().ToList());
            Assert.AreNotEqual("", operation.Value.GetProperty("summary").GetString());
        }

        foreach (var reference in References(document.RootElement))
        {
            var target = document.RootElement;
            foreach (var name in reference[2..].Split('/'))
            {
                Assert.IsTrue(target.TryGetProperty(name, out target), reference);
            }
        }
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); ; folder = folder.Parent ?? throw new InvalidOperationException("This is no checkout."))
        {
            if (File.Exists(Path.Combine(folder.FullName, "Loop.Sdk.sln")))
            {
                return folder.FullName;
            }
        }
    }
}
