using SpatialCluster.Compute.LinearAlgebra;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>Loadings as they are kept in a model file: float32, row by row.</summary>
internal static class StoredBlock
{
    public static ThinBlock RoundedToFloat(ThinBlock block)
    {
        for (int row = 0; row < block.Rows; row++)
        {
            foreach (ref double value in block.Row(row))
                value = (float)value;
        }

        return block;
    }

    public static void Save(BinaryWriter writer, ThinBlock block)
    {
        for (int row = 0; row < block.Rows; row++)
        {
            foreach (double value in block.Row(row))
                writer.Write((float)value);
        }
    }

    public static ThinBlock Load(StoredReader reader, int rows, int columns)
    {
        float[] values = reader.ReadFloats((long)rows * columns);
        var block = new ThinBlock(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            Span<double> target = block.Row(row);
            for (int j = 0; j < columns; j++)
                target[j] = values[((long)row * columns) + j];
        }

        return block;
    }
}
