namespace SpatialCluster.Data.Hdf5;

/// <summary>The layouts of HDF5 files that are read.</summary>
public enum Hdf5Kind
{
    /// <summary>None that is known.</summary>
    Unknown,

    /// <summary><c>.h5ad</c>: X, obs, var, obsm, layers, raw.</summary>
    AnnData,

    /// <summary><c>.h5mu</c>: several AnnData objects under <c>mod</c>.</summary>
    MuData,

    /// <summary>A feature-barcode matrix of 10x Genomics.</summary>
    TenX,

    /// <summary>X, cell, gene or peak, pos.</summary>
    Flat,
}
