using SpatialCluster.Compute.Threading;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Methods.Training;

/// <summary>A network that <see cref="EpochLoop"/> can train.</summary>
public interface ITrainableNetwork
{
    /// <summary>All trained parameters.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The terms of the loss, with their values of the last epoch.</summary>
    IReadOnlyList<LossTerm> Losses { get; }

    /// <summary>The optimiser.</summary>
    Adam Optimiser { get; }

    /// <summary>One epoch: forward, backward, step. <see cref="Losses"/> then hold the loss before the step.</summary>
    /// <param name="epoch">Its number, from 0; with the seed it decides whatever is drawn.</param>
    /// <param name="team">The threads.</param>
    void Train(int epoch, ThreadTeam team);
}
