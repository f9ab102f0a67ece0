using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>Judges the certificate that a broker shows, and remembers what was wrong with it.</summary>
/// <param name="options">Who may sign it, and the name that it must have.</param>
internal sealed class BrokerCertificate(BrokerOptions options)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>What was wrong with the last certificate, as the end of a sentence; null where nothing was.</summary>
    public string? Trouble { get; private set; }

    /// <summary>What the client is to do about TLS.</summary>
    public SslOption Option() => new(options.Host, enabled: options.UsesTls)
    {
        CertificateValidationCallback = (_, certificate, chain, errors) => IsGood(certificate, chain, errors),
        Certs = options.ClientCertificate is { } own ? new X509CertificateCollection { own } : [],
    };

    private bool IsGood(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        Trouble = Judge(certificate, presented, errors);
        return Trouble is null;
    }

    private string? Judge(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "shows no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"shows a certificate ({certificate.Subject}) that is not for the name '{options.Host}'; name the broker as its certificate does, or give it one for this name";
        if (options.Authorities is null)
            return errors == SslPolicyErrors.None ? null : $"shows a certificate that this system does not trust ({Status(presented)}); name the file of those who signed it by --broker-ca FILE";

        // The system's verdict is set aside: only those of the file are trusted.
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(options.Authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainElements.Select(e => e.Certificate).ToArray());
        using var shown = new X509Certificate2(certificate);
        return chain.Build(shown) ? null : $"shows a certificate that nobody in the CA file vouches for ({Status(chain)}); give the file of those who signed it";
    }

    private static string Status(X509Chain? chain) =>
        string.Join(", ", chain?.ChainStatus.Select(s => s.Status.ToString()).Distinct() ?? []) is { Length: > 0 } status ? status : "no reason was given";
}
