namespace SpatialCluster.Methods.Training;

/// <summary>The loss over the epochs: the total and each term without its weight.</summary>
/// <param name="terms">The terms' names.</param>
/// <param name="epochs">Epochs to make room for.</param>
public sealed class LossHistory(IReadOnlyList<string> terms, int epochs)
{
    private readonly double[] _total = new double[epochs];
    private readonly double[][] _terms = [.. terms.Select(_ => new double[epochs])];

    /// <summary>The terms' names, such as <c>contrastive/rna</c>.</summary>
    public IReadOnlyList<string> Terms { get; } = terms;

    /// <summary>Epochs recorded.</summary>
    public int Epochs { get; private set; }

    /// <summary>The weighted sum of all terms, by epoch.</summary>
    public ReadOnlySpan<double> Total => _total.AsSpan(0, Epochs);

    /// <summary>The loss of the last epoch; NaN before the first.</summary>
    public double Last => Epochs == 0 ? double.NaN : _total[Epochs - 1];

    /// <summary>One term, by epoch, without its weight.</summary>
    /// <param name="term">Its index in <see cref="Terms"/>.</param>
    /// <returns>A value per epoch.</returns>
    public ReadOnlySpan<double> Term(int term) => _terms[term].AsSpan(0, Epochs);

    /// <summary>Appends an epoch.</summary>
    /// <param name="total">The total loss.</param>
    /// <param name="terms">Each term's value, in the order of <see cref="Terms"/>.</param>
    public void Add(double total, ReadOnlySpan<double> terms)
    {
        _total[Epochs] = total;
        for (int term = 0; term < terms.Length; term++)
            _terms[term][Epochs] = terms[term];
        Epochs++;
    }
}
