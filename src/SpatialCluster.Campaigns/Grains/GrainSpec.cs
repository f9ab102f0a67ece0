using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>
/// What a grain is to do: everything that its result depends on, and nothing else. Its canonical JSON is what its key is the
/// digest of.
/// </summary>
public abstract record GrainSpec
{
    /// <summary>Such as <c>training-run</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The version of the code that makes it: of the kind, or of the method.</summary>
    public abstract int Version { get; }

    /// <summary>Names the code that makes it, such as <c>slice.1</c>: a program that has another version leaves the grain alone.</summary>
    public virtual string Code => CodeOf(Kind, Version);

    /// <summary>The grains whose results it reads.</summary>
    public abstract IReadOnlyList<GrainKey> Inputs { get; }

    /// <summary>The spec as JSON.</summary>
    public JsonObject Json
    {
        get
        {
            JsonObject json = Body();
            json["kind"] = Kind;
            json["version"] = Version;
            return json;
        }
    }

    /// <summary>The grain's key.</summary>
    public GrainKey Key => new(Kind, CanonicalJson.Digest(Json));

    /// <summary>Names the code of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="version">Its version.</param>
    /// <returns>Such as <c>slice.1</c>.</returns>
    public static string CodeOf(string kind, int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind}.{version}");

    /// <summary>All that is particular to the kind.</summary>
    /// <returns>An object of the caller's own.</returns>
    protected abstract JsonObject Body();
}
