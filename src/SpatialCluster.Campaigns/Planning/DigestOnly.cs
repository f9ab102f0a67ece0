using System.Security.Cryptography;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>Reads files for their digests and leaves them where they are: what a plan needs that nobody will run yet.</summary>
public sealed class DigestOnly : IInputIngest
{
    private readonly Dictionary<string, InputFile> _taken = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public InputFile Ingest(string path, string name)
    {
        if (!_taken.TryGetValue(path, out InputFile? file))
        {
            try
            {
                using FileStream stream = File.OpenRead(path);
                file = new InputFile(name, new ContentDigest(Convert.ToHexStringLower(SHA256.HashData(stream))), stream.Position);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new BadInputException($"{path} cannot be read ({error.Message.TrimEnd('.')}); check the file and its permissions.", error);
            }

            _taken.Add(path, file);
        }

        return file with { Name = name };
    }
}
