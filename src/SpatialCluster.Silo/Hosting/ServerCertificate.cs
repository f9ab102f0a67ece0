using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Silo.Hosting;

/// <summary>The certificate that the server shows, with its key and the authorities between it and a root.</summary>
/// <param name="Certificate">The certificate, with its key.</param>
/// <param name="Chain">What stands behind it in the file.</param>
internal sealed record ServerCertificate(X509Certificate2 Certificate, X509Certificate2Collection Chain) : IDisposable
{
    /// <summary>Reads a certificate.</summary>
    /// <param name="file">PEM: the certificate first, then those between it and a root; its key anywhere among them.</param>
    /// <exception cref="BadInputException">The file cannot be read, or holds no certificate with its key.</exception>
    public static ServerCertificate Read(string file)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(file);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(file);
            chain.RemoveAt(0);
            return new ServerCertificate(certificate, chain);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The certificate's file {file} cannot be read; name a PEM file that may be read.", failure);
        }
        catch (CryptographicException)
        {
            throw new BadInputException($"{file} holds no certificate with its key; put both into it, as PEM, the key without a password.");
        }
    }

    public void Dispose()
    {
        Certificate.Dispose();
        foreach (X509Certificate2 one in Chain)
            one.Dispose();
    }
}
