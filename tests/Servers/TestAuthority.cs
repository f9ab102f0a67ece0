using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SpatialCluster.Tests.Servers;

/// <summary>Certificates for a test: an authority, a server named <c>localhost</c>, a client, and an authority that signed neither.</summary>
public static class TestAuthority
{
    private static readonly DateTimeOffset s_from = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset s_until = DateTimeOffset.UtcNow.AddDays(7);

    /// <summary>Writes <c>ca.pem</c>, <c>strange-ca.pem</c>, <c>server.pem</c> and <c>.key</c>, <c>client.pem</c> and <c>.key</c>.</summary>
    public static void Write(string folder)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), strangeKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 authority = Authority("SpatialCluster test authority", key), strange = Authority("another authority", strangeKey);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "strange-ca.pem"), strange.ExportCertificatePem());
        Leaf(authority, "localhost", "1.3.6.1.5.5.7.3.1", Path.Combine(folder, "server"));
        Leaf(authority, "a silo", "1.3.6.1.5.5.7.3.2", Path.Combine(folder, "client"));
    }

    private static X509Certificate2 Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(s_from, s_until);
    }

    private static void Leaf(X509Certificate2 authority, string name, string use, string file)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        if (!name.Contains(' ', StringComparison.Ordinal))
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }

        using X509Certificate2 certificate = request.Create(authority, s_from, s_until, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(file + ".pem", certificate.ExportCertificatePem());
        File.WriteAllText(file + ".key", key.ExportPkcs8PrivateKeyPem());
    }
}
