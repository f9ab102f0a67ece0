using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Methods.Training;

/// <summary>The values of all parameters by name: what a model file keeps of a training.</summary>
public sealed class TrainedWeights
{
    private const int MaxParameters = 4096;

    private readonly List<(string Name, int Rows, int Columns, float[] Values)> _parameters = [];

    /// <summary>The parameters' names.</summary>
    public IEnumerable<string> Names => _parameters.Select(p => p.Name);

    /// <summary>Copies weights.</summary>
    /// <param name="parameters">Of a trained network.</param>
    /// <returns>The copy.</returns>
    public static TrainedWeights Of(IReadOnlyList<Parameter> parameters)
    {
        var weights = new TrainedWeights();
        foreach (Parameter parameter in parameters)
            weights._parameters.Add((parameter.Name, parameter.Value.Rows, parameter.Value.Columns, parameter.Value.ToArray()));
        return weights;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="BadInputException">The bytes are damaged.</exception>
    public static TrainedWeights Read(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > MaxParameters)
            throw new BadInputException($"The model says that it has {count} parameters; it is damaged.");
        var weights = new TrainedWeights();
        for (int i = 0; i < count; i++)
            weights._parameters.Add((reader.ReadString(), reader.ReadInt32(), reader.ReadInt32(), MatrixFormat.ReadValues(reader)));
        return weights;
    }

    /// <summary>Sets a network's parameters.</summary>
    /// <param name="parameters">Of a network with the same modalities and widths.</param>
    /// <exception cref="BadInputException">A parameter is missing or shaped differently.</exception>
    public void ApplyTo(IReadOnlyList<Parameter> parameters)
    {
        foreach (Parameter parameter in parameters)
        {
            (string name, int rows, int columns, float[] values) = _parameters.Find(p => p.Name == parameter.Name);
            if (name is null || rows != parameter.Value.Rows || columns != parameter.Value.Columns || values.Length != (long)rows * columns)
            {
                throw new BadInputException(
                    $"The model does not fit: parameter '{parameter.Name}' should be {parameter.Value.Rows} × {parameter.Value.Columns}"
                    + (name is null ? " and is missing." : $" and is {rows} × {columns}.") + " Give the modalities it was trained with, under the same names.");
            }

            for (int row = 0; row < rows; row++)
                values.AsSpan(row * columns, columns).CopyTo(parameter.Value.Row(row));
        }

        foreach (Parameter parameter in parameters)
            parameter.Pack();
    }

    /// <summary>Writes all parameters.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_parameters.Count);
        foreach ((string name, int rows, int columns, float[] values) in _parameters)
        {
            writer.Write(name);
            writer.Write(rows);
            writer.Write(columns);
            MatrixFormat.WriteValues(writer, values);
        }
    }
}
