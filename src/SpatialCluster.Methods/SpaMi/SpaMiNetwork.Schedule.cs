using SpatialCluster.Compute.Training;

namespace SpatialCluster.Methods.SpaMi;

/// <content>The order of work within an epoch.</content>
public sealed partial class SpaMiNetwork
{
    private Schedule TrainingSchedule(CosineLoss? cosine)
    {
        var schedule = new Schedule(_rows);
        schedule.Each(_towers.Where(t => t.Shuffle is not null).Select(t => (Action)(() => t.DrawShuffle(_epoch))));
        schedule.Rows(_towers.SelectMany(t => t.Masks).Select(mask => (RowWork)(tile => mask.Fill(_epoch, tile.Start, tile.End))));
        schedule.Rows(_towers.SelectMany(t => t.Branches.Select(branch => t.Encoder.ForwardHidden(branch))));
        schedule.Rows(_towers.SelectMany(t => t.Branches.Select(t.Encoder.ForwardOutput)));
        schedule.Rows([.. _towers.Where(t => t.Contrastive is not null).Select(t => t.Contrastive!.Forward()), Fuse()]);
        schedule.Rows(_towers.Select(t => t.Decoder.ForwardHidden(t.Decoding)));
        schedule.Rows(_towers.Select(t => Schedule.Chain(t.Decoder.ForwardOutput(t.Decoding), t.ReconstructionLoss.Forward())));
        schedule.Rows(_towers.Select(t => t.Decoder.BackwardHidden([t.Decoding], [t.DecodingGradient])));
        schedule.Rows(BackwardToEmbeddings(cosine));
        schedule.Rows(_towers.Select(t => t.Encoder.BackwardHidden(t.Branches)));
        schedule.Each(Parameters.Select(parameter => (Action)(() => Step(parameter))));
        return schedule;
    }

    private Schedule InferenceSchedule()
    {
        var schedule = new Schedule(_rows);
        schedule.Rows(_towers.Select(t => t.Encoder.ForwardHidden(t.Branches[0], training: false)));
        schedule.Rows(_towers.Select(t => t.Encoder.ForwardOutput(t.Branches[0])));
        schedule.Rows(Fuse());
        schedule.Rows(_towers.Select(t => t.Decoder.ForwardHidden(t.Decoding, training: false)));
        schedule.Rows(_towers.Select(t => t.Decoder.ForwardOutput(t.Decoding)));
        return schedule;
    }

    private RowWork Fuse() => _attention?.Forward() ?? _concatenation!.Forward();

    /// <summary>All that adds to the gradients of the embeddings, one after another on each tile.</summary>
    private RowWork BackwardToEmbeddings(CosineLoss? cosine)
    {
        var chain = new List<RowWork>();
        for (int m = 0; m < _towers.Count; m++)
        {
            ModalityTower tower = _towers[m];
            chain.Add(tower.Decoder.BackwardInput(tower.Decoding, tower.DecodingGradient, _fused.Gradient, accumulate: m > 0));
            if (tower.Contrastive is null)
                chain.Add(tile => tower.Embedding.Gradient.Clear(tile.Start, tile.End));
        }

        chain.Add(_attention?.Backward() ?? _concatenation!.Backward());
        if (cosine is not null)
            chain.Add(cosine.Forward());
        chain.AddRange(_towers.Where(t => t.Contrastive is not null).Select(t => t.Contrastive!.Backward()));
        return Schedule.Chain(chain);
    }

    private void Step(Parameter parameter)
    {
        parameter.ReduceGradient();
        _adam.Update(parameter);
        parameter.Pack();
    }
}
