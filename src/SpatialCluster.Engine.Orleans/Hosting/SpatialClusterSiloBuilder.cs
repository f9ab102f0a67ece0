using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.Orleans.Placement;
using SpatialCluster.Engine.Orleans.Storage;
using SpatialCluster.Engine.Orleans.Work;

namespace SpatialCluster.Engine.Orleans.Hosting;

/// <summary>Makes a silo of Orleans one of ours.</summary>
internal static class SpatialClusterSiloBuilder
{
    /// <summary>Adds the grains' parts: placement, storage, the workshop with its devices, and what a silo does all the time.</summary>
    public static ISiloBuilder AddSpatialCluster(this ISiloBuilder silo, GrainRunner runner, OrleansSiloSettings settings, Func<CampaignPlan, IGrainObserver> observe)
    {
        silo.AddActivityPropagation();
        silo.AddPlacementDirector<DevicePlacement, DevicePlacementDirector>();
        silo.Services.AddGrainStorage(ArtifactGrainStorage.Name, (_, _) => new ArtifactGrainStorage(runner.Records));
        silo.Services.AddSingleton(settings);
        silo.Services.AddSingleton(runner);
        silo.Services.AddSingleton(new CampaignStore(runner.Records));
        silo.Services.AddSingleton(services => new EventTeller(services.GetRequiredService<IGrainFactory>(), settings.Clock));
        silo.Services.AddSingleton(services => new Workshop(runner, services.GetRequiredService<CampaignStore>(), settings, services.GetRequiredService<ISiloStatusOracle>(), services.GetRequiredService<EventTeller>(), observe));
        silo.Services.AddSingleton(services => new CampaignDesk(runner.Records, services.GetRequiredService<CampaignStore>(), services.GetRequiredService<EventTeller>(), settings));
        silo.Services.AddSingleton<SiloDuty>();
        silo.Services.AddHostedService(services => services.GetRequiredService<SiloDuty>());
        return silo;
    }
}
