using System.Text.Json;
using System.Text.Json.Serialization;

namespace UserAgentService.Import;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ImportFile))]
[JsonSerializable(typeof(ImportStep))]
public sealed partial class ImportJson : JsonSerializerContext;
