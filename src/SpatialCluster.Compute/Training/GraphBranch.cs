using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Training;

/// <summary>One pass of rows through a <see cref="GraphConvolutionPair"/>: the true features, or the shuffled ones.</summary>
public sealed class GraphBranch
{
    /// <summary>Cuts the pass's intermediate results from an arena.</summary>
    /// <param name="input">Features, spots × inputs.</param>
    /// <param name="hidden">Width of the hidden layer.</param>
    /// <param name="output">Where the result goes, spots × outputs.</param>
    /// <param name="narrow">Room for the result before its aggregation, shaped as the output; may be shared with what is dead by then.</param>
    /// <param name="mask">Dropout of the input while training; may be null.</param>
    /// <param name="order">Takes row order[j] of the input in place of row j; may be null.</param>
    /// <param name="arena">Where the memory comes from.</param>
    public GraphBranch(Matrix input, int hidden, Variable output, Matrix narrow, DropoutMask? mask, int[]? order, Arena arena)
    {
        Input = input;
        Output = output;
        Narrow = narrow;
        Mask = mask;
        Order = order;
        Aggregated = arena.Allocate(input.Rows, input.Columns);
        Hidden = arena.Allocate(input.Rows, hidden);
    }

    /// <summary>Features, spots × inputs.</summary>
    public Matrix Input { get; }

    /// <summary>The result, spots × outputs.</summary>
    public Variable Output { get; }

    internal Matrix Narrow { get; }

    /// <summary>Dropout of the input while training.</summary>
    public DropoutMask? Mask { get; }

    internal int[]? Order { get; }

    /// <summary>Â · dropout(input): kept for the gradient of the first weights.</summary>
    internal Matrix Aggregated { get; }

    /// <summary>After the first layer: kept for the gradient of the second weights.</summary>
    internal Matrix Hidden { get; }
}
