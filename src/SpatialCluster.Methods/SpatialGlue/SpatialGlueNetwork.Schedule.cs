using SpatialCluster.Compute.Training;

namespace SpatialCluster.Methods.SpatialGlue;

/// <content>The order of work within an epoch.</content>
public sealed partial class SpatialGlueNetwork
{
    private Schedule TrainingSchedule()
    {
        var schedule = new Schedule(_rows);
        schedule.Each(_towers.Where(t => t.Trip is not null).Select(t => (Action)t.Trip!.Refresh));
        schedule.Rows(_towers.Select(t => t.Narrow()));
        schedule.Rows(_towers.Select(t => t.Encode()));
        if (_correspondence is null)
        {
            schedule.Rows(_cross.Forward());
            schedule.Rows(DecodeAndBack());
            schedule.Rows(BackwardFused());
        }
        else
        {
            schedule.Rows([_cross.Forward(), .. _towers.Select(t => t.PropagateLatent())]);
            schedule.Rows(DecodeAndBack(), _correspondence.Forward());
            schedule.Rows([BackwardFused(), .. _towers.Select(t => t.BackwardTwice())]);
        }

        schedule.Rows(_towers.Where(t => t.Once is not null || t.Within is not null).Select(t => t.BackwardLatent()));
        schedule.Rows(_towers.Select(t => t.BackwardEncoder()));
        schedule.Each(
        [
            .. _towers.Select(t => (Action)(() => Step(t))),
            .. _towers.Select(t => t.Within).OfType<ModalityAttention>().Append(_cross).Select(attention => (Action)(() => Step(attention))),
        ]);
        return schedule;
    }

    private Schedule InferenceSchedule()
    {
        var schedule = new Schedule(_rows);
        schedule.Rows(_towers.Select(t => t.Narrow()));
        schedule.Rows(_towers.Select(t => t.Encode()));
        schedule.Rows(_cross.Forward());
        schedule.Rows(Schedule.Chain(
            [Propagation.Of(_spatialGraph, _fused.Value, _spread), .. _towers.Select(t => t.Decoder.Forward(_spread, t.Reconstruction.Value))]));
        return schedule;
    }

    /// <summary>A Z, which all decoders share, the reconstructions, their losses, and back to the gradient of A Z in its place: all within a tile.</summary>
    private RowWork DecodeAndBack()
    {
        var chain = new List<RowWork> { Propagation.Of(_spatialGraph, _fused.Value, _spread) };
        foreach (ModalityTower tower in _towers)
        {
            chain.Add(tower.Decoder.Forward(_spread, tower.Reconstruction.Value));
            chain.Add(tower.ReconstructionLoss.Forward());
            chain.Add(tower.Decoder.BackwardWeights(_spread, tower.Reconstruction.Gradient));
        }

        for (int m = 0; m < _towers.Length; m++)
            chain.Add(_towers[m].Decoder.BackwardInput(_towers[m].Reconstruction.Gradient, _spread, accumulate: m > 0));
        return Schedule.Chain(chain);
    }

    /// <summary>To the latents, whose gradients hold what the correspondence left there.</summary>
    private RowWork BackwardFused()
    {
        var chain = new List<RowWork> { Propagation.Of(_spatialGraph, _spread, _fused.Gradient) };
        if (_correspondence is null)
            chain.AddRange(_towers.Select(t => (RowWork)(tile => t.Latent.Gradient.Clear(tile.Start, tile.End))));
        chain.Add(_cross.Backward());
        return Schedule.Chain(chain);
    }

    private void Step(ModalityTower tower)
    {
        tower.Encoder.Weights.ReduceGradient();
        tower.Decoder.Weights.ReduceGradient();
        tower.Trip?.Distribute();
        Move(tower.Encoder.Weights);
        Move(tower.Decoder.Weights);
    }

    private void Step(ModalityAttention attention)
    {
        attention.Weights.ReduceGradient();
        attention.Query.ReduceGradient();
        Move(attention.Weights);
        Move(attention.Query);
    }

    private void Move(Parameter parameter)
    {
        Optimiser.Update(parameter);
        parameter.Pack();
    }
}
