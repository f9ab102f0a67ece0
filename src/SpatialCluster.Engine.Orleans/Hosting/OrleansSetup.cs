using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Engine.Orleans.Hosting;

/// <summary>Sets Orleans up, for silos and for clients of them.</summary>
internal static class OrleansSetup
{
    private const string Service = "spatialcluster", Npgsql = "Npgsql";

    // A database serves so many silos and clients as its connections suffice for; each makes few requests.
    private const int MostConnections = 4;

    /// <summary>A host of a silo.</summary>
    public static IHost Silo(ClusterMembership membership, string cluster, string name, ILoggerFactory logs, Action<ISiloBuilder> more)
    {
        HostApplicationBuilder builder = Begin(logs);
        int siloPort = membership.SiloPort is 0 ? FreePort() : membership.SiloPort, gatewayPort = membership.GatewayPort is 0 ? FreePort() : membership.GatewayPort;
        builder.UseOrleans(silo =>
        {
            switch (membership.Kind)
            {
                case MembershipKind.Localhost:
                    silo.UseLocalhostClustering(siloPort, gatewayPort, new IPEndPoint(IPAddress.Loopback, membership.PrimaryPort), Service, cluster);
                    silo.UseInMemoryReminderService();
                    break;
                case MembershipKind.PostgreSql:
                    string connection = Connection(membership);
                    silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Npgsql, connection));
                    silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (Npgsql, connection));
                    silo.ConfigureEndpoints(membership.Advertised ?? IPAddress.Loopback, siloPort, gatewayPort, listenOnAnyHostAddress: membership.Advertised is not null);
                    break;
            }

            silo.Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = (Service, cluster));
            silo.Configure<SiloOptions>(o => o.SiloName = name);
            silo.Configure<ClusterMembershipOptions>(o =>
            {
                o.ProbeTimeout = membership.Heartbeat / 4;
                o.NumMissedProbesLimit = 3;
                // The dead are forgotten in time: a list that only grows is read by everybody.
                o.DefunctSiloExpiration = TimeSpan.FromDays(1);
                o.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
            });
            more(silo);
        });
        return builder.Build();
    }

    /// <summary>A host of a client.</summary>
    public static IHost Client(ClusterMembership membership, string cluster, ILoggerFactory logs, TimeSpan patience)
    {
        HostApplicationBuilder builder = Begin(logs);
        builder.UseOrleansClient(client =>
        {
            switch (membership.Kind)
            {
                case MembershipKind.Localhost:
                    client.UseLocalhostClustering(membership.PrimaryGateway, Service, cluster);
                    break;
                case MembershipKind.PostgreSql:
                    string connection = Connection(membership);
                    client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Npgsql, connection));
                    break;
            }

            client.Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = (Service, cluster));
            var since = System.Diagnostics.Stopwatch.StartNew();
            client.UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellation).ConfigureAwait(false);
                return since.Elapsed < patience;
            });
        });
        return builder.Build();
    }

    private static HostApplicationBuilder Begin(ILoggerFactory logs)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(logs);
        // Signals are for the process, not for what it hosts.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        return builder;
    }

    private static string Connection(ClusterMembership membership)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(membership.Connection);
            if (!connection.ShouldSerialize("Maximum Pool Size"))
                connection.MaxPoolSize = MostConnections;
            return connection.ConnectionString;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new BadInputException("The connection string of the database in which silos are listed cannot be read; it should be like Host=db.example;Username=lab;Password=…;Database=silos.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
