using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SpatialCluster.Artifacts.Records;

/// <summary>JSON with one spelling: keys in ordinal order, no white space, UTF-8, so that equal documents have equal digests.</summary>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a document.</summary>
    /// <param name="node">The document; numbers must be finite.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Bytes(JsonNode? node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
            Write(writer, node);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The digest of a document.</summary>
    /// <param name="node">The document.</param>
    /// <returns>The SHA-256 of its canonical bytes.</returns>
    public static ContentDigest Digest(JsonNode? node) => new(Convert.ToHexStringLower(SHA256.HashData(Bytes(node))));

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject group:
                writer.WriteStartObject();
                foreach ((string name, JsonNode? value) in group.OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (JsonNode? item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
