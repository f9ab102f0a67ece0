using System.Security.Cryptography;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Integration;

/// <summary>A file that was read.</summary>
/// <param name="Role">A modality's name, <c>coordinates</c>, <c>truth</c> or <c>model</c>.</param>
/// <param name="Name">Its name, without the folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Digest">SHA-256 in hexadecimal.</param>
internal sealed record InputFile(string Role, string Name, long Bytes, string Digest)
{
    /// <summary>Refuses what is not there or may not be read, before any work.</summary>
    /// <param name="path">A file, or a folder of 10x.</param>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
            return;
        if (!File.Exists(path))
            throw new BadInputException($"There is no file {path}; check the path.");
        try
        {
            File.OpenRead(path).Dispose();
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new BadInputException($"{path} cannot be read ({error.Message}); check its permissions.", error);
        }
    }

    /// <summary>Takes the digest of a file, or of every file of a folder.</summary>
    public static IEnumerable<InputFile> Take(string role, string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.GetFiles(path).Order(StringComparer.Ordinal)] : [path];
        foreach (string file in files)
        {
            using FileStream stream = File.OpenRead(file);
            yield return new InputFile(role, Path.GetFileName(file), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
    }
}
