using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Training;

/// <summary>
/// The way through a modality and back, width → features → width: M = V W of a decoder V and an encoder W without anything
/// between them but sparse products, which commute with them. Small beside the spots, so that their pass is width × width.
/// </summary>
public sealed unsafe class RoundTrip
{
    private readonly Parameter _decoder;
    private readonly Parameter _encoder;

    /// <summary>Makes room for the product.</summary>
    /// <param name="decoder">V, width × features.</param>
    /// <param name="encoder">W, features × width.</param>
    /// <param name="partition">How rows are cut.</param>
    /// <param name="arena">Where the memory comes from.</param>
    public RoundTrip(Parameter decoder, Parameter encoder, RowPartition partition, Arena arena)
    {
        (_decoder, _encoder) = (decoder, encoder);
        Map = new Parameter($"{decoder.Name} × {encoder.Name}", decoder.Value.Rows, encoder.Value.Columns, partition, arena);
    }

    /// <summary>M, width × width: not trained itself.</summary>
    internal Parameter Map { get; }

    /// <summary>Computes M anew from the present decoder and encoder; to be called before an epoch.</summary>
    public void Refresh()
    {
        Matrix product = Map.Value, decoder = _decoder.Value;
        Gemm.Run(Gemm.Rows(decoder, 0, decoder.Rows, _encoder.Packed, product.Data, product.Stride));
        Map.Pack();
    }

    /// <summary>Passes the gradient of M on: adds dM Wᵀ to the decoder's, and Vᵀ dM to the encoder's, once those are reduced and before either is moved.</summary>
    public void Distribute()
    {
        Map.ReduceGradient();
        Matrix gradient = Map.Gradient, decoder = _decoder.Value, toDecoder = _decoder.Gradient;
        GemmOperands product = Gemm.Rows(gradient, 0, gradient.Rows, _encoder.PackedTransposed, toDecoder.Data, toDecoder.Stride);
        product.Accumulate = true;
        Gemm.Run(product);
        Gemm.Run(Gemm.Transposed(
            decoder.Data, decoder.Stride, decoder.Columns, gradient.Data, gradient.Stride, gradient.Stride, gradient.Rows, _encoder.Gradient, accumulate: true));
    }
}
