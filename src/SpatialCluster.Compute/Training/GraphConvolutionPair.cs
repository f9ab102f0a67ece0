using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Compute.Training;

/// <summary>
/// Two graph-convolution layers (Kipf &amp; Welling, 2017) with a ReLU between: Z = Â (ReLU(Â drop(X) W₁ + b₁) W₂) + b₂.
/// Where inputs and outputs are narrower than the hidden layer, both sparse products stay on the narrow side; everything
/// between them is row-local and runs tile by tile in a core's cache. Several branches may share the weights.
/// </summary>
public sealed unsafe class GraphConvolutionPair
{
    private readonly CsrMatrix _graph;
    private readonly CsrMatrix _transposed;
    private readonly Scratch _hiddenGradient;
    private readonly Scratch _narrowGradient;

    /// <summary>Makes the block; its weights are zero until somebody sets them.</summary>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="graph">Normalised adjacency Â, spots × spots.</param>
    /// <param name="transposed">Its transpose; the same object where it is symmetric.</param>
    /// <param name="inputs">Width of X.</param>
    /// <param name="hidden">Width of the hidden layer.</param>
    /// <param name="outputs">Width of Z.</param>
    /// <param name="partition">How rows are cut.</param>
    /// <param name="threads">Threads of the team.</param>
    /// <param name="arena">Where the memory comes from.</param>
    public GraphConvolutionPair(
        string name, CsrMatrix graph, CsrMatrix transposed, int inputs, int hidden, int outputs, RowPartition partition, int threads, Arena arena)
    {
        _graph = graph;
        _transposed = transposed;
        Weights1 = new Parameter($"{name}.conv1.weight", inputs, hidden, partition, arena);
        Bias1 = new Parameter($"{name}.conv1.bias", 1, hidden, partition, arena);
        Weights2 = new Parameter($"{name}.conv2.weight", hidden, outputs, partition, arena);
        Bias2 = new Parameter($"{name}.conv2.bias", 1, outputs, partition, arena);
        _hiddenGradient = new Scratch(partition, hidden, threads, arena);
        _narrowGradient = new Scratch(partition, outputs, threads, arena);
    }

    /// <summary>W₁, inputs × hidden.</summary>
    public Parameter Weights1 { get; }

    /// <summary>b₁.</summary>
    public Parameter Bias1 { get; }

    /// <summary>W₂, hidden × outputs.</summary>
    public Parameter Weights2 { get; }

    /// <summary>b₂.</summary>
    public Parameter Bias2 { get; }

    /// <summary>All parameters.</summary>
    public IEnumerable<Parameter> Parameters => [Weights1, Bias1, Weights2, Bias2];

    /// <summary>First half of the forward pass: up to what the second sparse product gathers.</summary>
    /// <param name="branch">The pass.</param>
    /// <param name="training">Whether dropout is on.</param>
    /// <returns>A row strand.</returns>
    public RowWork ForwardHidden(GraphBranch branch, bool training = true) => tile =>
    {
        Matrix aggregated = branch.Aggregated, hidden = branch.Hidden, narrow = branch.Narrow;
        Gather.Run(new GatherOperands
        {
            Graph = _graph,
            X = branch.Input.Data,
            XStride = branch.Input.Stride,
            Y = At(aggregated, tile.Start),
            YStride = aggregated.Stride,
            Width = aggregated.Stride,
            Start = tile.Start,
            End = tile.End,
            Order = branch.Order,
            InputMask = training ? branch.Mask : null,
        });
        GemmOperands first = Gemm.Rows(aggregated, tile.Start, tile.End, Weights1.Packed, At(hidden, tile.Start), hidden.Stride);
        first.Bias = Bias1.Value.Data;
        first.Relu = true;
        Gemm.Run(first);
        Gemm.Run(Gemm.Rows(hidden, tile.Start, tile.End, Weights2.Packed, At(narrow, tile.Start), narrow.Stride));
    };

    /// <summary>Second half of the forward pass, after <see cref="ForwardHidden"/> of all rows.</summary>
    /// <param name="branch">The pass.</param>
    /// <returns>A row strand.</returns>
    public RowWork ForwardOutput(GraphBranch branch) => tile => Gather.Run(new GatherOperands
    {
        Graph = _graph,
        X = branch.Narrow.Data,
        XStride = branch.Narrow.Stride,
        Y = At(branch.Output.Value, tile.Start),
        YStride = branch.Output.Value.Stride,
        Width = branch.Output.Value.Stride,
        Start = tile.Start,
        End = tile.End,
        Bias = Bias2.Value.Data,
    });

    /// <summary>Gradients of the weights, and of the aggregated input where somebody wants it.</summary>
    /// <param name="branches">The passes, whose output gradients are complete.</param>
    /// <param name="aggregatedGradient">For each branch, where dL/d(Â X) goes; null where the input needs no gradient.</param>
    /// <returns>A row strand.</returns>
    public RowWork BackwardHidden(IReadOnlyList<GraphBranch> branches, IReadOnlyList<Matrix>? aggregatedGradient = null) => tile =>
    {
        Matrix weights1 = Weights1.OpenPartial(tile), bias1 = Bias1.OpenPartial(tile);
        Matrix weights2 = Weights2.OpenPartial(tile), bias2 = Bias2.OpenPartial(tile);
        float* narrow = _narrowGradient.Mine, hiddenGradient = _hiddenGradient.Mine;
        int narrowStride = _narrowGradient.Stride, hiddenStride = _hiddenGradient.Stride;
        for (int b = 0; b < branches.Count; b++)
        {
            GraphBranch branch = branches[b];
            Matrix output = branch.Output.Gradient, hidden = branch.Hidden;
            Gather.Run(new GatherOperands
            {
                Graph = _transposed,
                X = output.Data,
                XStride = output.Stride,
                Y = narrow,
                YStride = narrowStride,
                Width = output.Stride,
                Start = tile.Start,
                End = tile.End,
            });
            RowKernels.AddColumnSums(At(output, tile.Start), output.Stride, tile.Rows, bias2.Data, output.Stride);
            Gemm.Run(Gemm.Transposed(
                At(hidden, tile.Start), hidden.Stride, hidden.Columns, narrow, narrowStride, narrowStride, tile.Rows, weights2, accumulate: true));

            var throughSecond = new GemmOperands
            {
                A = narrow,
                RowStride = narrowStride,
                InnerStride = 1,
                B = Weights2.PackedTransposed.Data,
                BStride = PackedMatrix.PanelWidth,
                PanelStride = Weights2.PackedTransposed.PanelStride,
                C = hiddenGradient,
                CStride = hiddenStride,
                Rows = tile.Rows,
                Inner = output.Columns,
                Width = hiddenStride,
                Gate = At(hidden, tile.Start),
            };
            Gemm.Run(throughSecond);
            RowKernels.AddColumnSums(hiddenGradient, hiddenStride, tile.Rows, bias1.Data, hiddenStride);
            Gemm.Run(Gemm.Transposed(
                At(branch.Aggregated, tile.Start), branch.Aggregated.Stride, branch.Aggregated.Columns, hiddenGradient, hiddenStride, hiddenStride, tile.Rows, weights1, accumulate: true));
            if (aggregatedGradient is not null)
            {
                Matrix target = aggregatedGradient[b];
                Gemm.Run(throughSecond with
                {
                    A = hiddenGradient,
                    RowStride = hiddenStride,
                    B = Weights1.PackedTransposed.Data,
                    PanelStride = Weights1.PackedTransposed.PanelStride,
                    C = At(target, tile.Start),
                    CStride = target.Stride,
                    Inner = hidden.Columns,
                    Width = target.Stride,
                    Gate = null,
                });
            }
        }
    };

    /// <summary>The gradient of a branch's input, from that of the aggregated input of all rows.</summary>
    /// <param name="branch">The pass.</param>
    /// <param name="aggregatedGradient">As <see cref="BackwardHidden"/> left it.</param>
    /// <param name="inputGradient">Where it goes.</param>
    /// <param name="accumulate">Whether to add to what is there.</param>
    /// <returns>A row strand.</returns>
    public RowWork BackwardInput(GraphBranch branch, Matrix aggregatedGradient, Matrix inputGradient, bool accumulate)
    {
        if (branch.Order is not null)
            throw new ArgumentException("A branch of shuffled rows has no input gradient.", nameof(branch));
        return tile => Gather.Run(new GatherOperands
        {
            Graph = _transposed,
            X = aggregatedGradient.Data,
            XStride = aggregatedGradient.Stride,
            Y = At(inputGradient, tile.Start),
            YStride = inputGradient.Stride,
            Width = inputGradient.Stride,
            Start = tile.Start,
            End = tile.End,
            OutputMask = branch.Mask,
            Accumulate = accumulate,
        });
    }

    private static float* At(Matrix matrix, int row) => matrix.Data + ((long)row * matrix.Stride);
}
