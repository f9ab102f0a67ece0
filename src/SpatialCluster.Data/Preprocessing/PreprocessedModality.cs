using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>A modality's spots as features of a method, and the way back from reconstructed features.</summary>
public sealed class PreprocessedModality : IDisposable
{
    private readonly SpotScale[]? _scales;

    internal PreprocessedModality(FittedPreprocessing fitted, Matrix features, IReadOnlyList<string> notes, SpotScale[]? scales)
    {
        Fitted = fitted;
        Features = features;
        Notes = notes;
        _scales = scales;
    }

    /// <summary>What made the features; save it with the model.</summary>
    public FittedPreprocessing Fitted { get; }

    /// <summary>Spots × <see cref="FittedPreprocessing.Width"/>, float32.</summary>
    public Matrix Features { get; }

    /// <summary>What a user should know: features left out, spots without counts.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The columns of denoised values.</summary>
    public IReadOnlyList<string> DenoisedFeatureNames => Fitted.DenoisedFeatureNames;

    /// <summary>Maps a block of reconstructed features back to values per gene, protein, peak or ion.</summary>
    /// <param name="firstSpot">The spot of the block's first row.</param>
    /// <param name="reconstructed">Rows × <see cref="FittedPreprocessing.Width"/>: what a method made of <see cref="Features"/>.</param>
    /// <param name="into">Rows × <see cref="DenoisedFeatureNames"/>; receives the values.</param>
    /// <param name="team">Who works.</param>
    /// <param name="scale">As modelled, or with the logarithm undone.</param>
    public void Denoise(int firstSpot, Matrix reconstructed, Matrix into, ThreadTeam team, DenoisedScale scale = DenoisedScale.AsModelled)
    {
        if (reconstructed.Columns != Fitted.Width || into.Columns != DenoisedFeatureNames.Count || into.Rows != reconstructed.Rows)
            throw new ArgumentException($"{reconstructed.Rows} × {reconstructed.Columns} features do not give {into.Rows} × {into.Columns} values.", nameof(into));
        if (firstSpot < 0 || firstSpot + reconstructed.Rows > Features.Rows)
            throw new ArgumentOutOfRangeException(nameof(firstSpot));
        bool linear = scale == DenoisedScale.Linear && Fitted.Logarithmic;
        const int Tile = 16;
        team.For((reconstructed.Rows + Tile - 1) / Tile, tile =>
        {
            double[] values = new double[into.Columns];
            for (int row = tile * Tile; row < int.Min((tile + 1) * Tile, into.Rows); row++)
            {
                Fitted.DenoiseRow(reconstructed.Row(row), _scales is null ? default : _scales[firstSpot + row], values);
                Span<float> target = into.Row(row);
                for (int g = 0; g < values.Length; g++)
                    target[g] = (float)(linear ? StableMath.ExpM1(values[g]) : values[g]);
            }
        });
    }

    /// <summary>Releases the features.</summary>
    public void Dispose() => Features.Dispose();
}
