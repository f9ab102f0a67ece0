using SpatialCluster.Compute.Numerics;

namespace SpatialCluster.Compute.Randomness;

/// <summary>
/// A seeded stream of random numbers. Consumers derive their own stream by name, so that adding one changes no other's
/// numbers. Not thread-safe: one stream, one consumer.
/// </summary>
public sealed class RandomStream
{
    private readonly uint[] _block = new uint[4];
    private ulong _counter;
    private int _used = 4;
    private double _spareGaussian = double.NaN;

    /// <summary>Starts a stream.</summary>
    /// <param name="key">The seed, or a derived key.</param>
    public RandomStream(ulong key) => Key = key;

    /// <summary>The key that, with a counter, determines every number of this stream.</summary>
    public ulong Key { get; private set; }

    /// <summary>A stream of its own for a named consumer; depends on this stream's key only, not on what was drawn from it.</summary>
    /// <param name="name">The consumer, such as <c>"dropout/encoder/rna"</c>.</param>
    /// <returns>The derived stream.</returns>
    public RandomStream Derive(string name) => new(DeriveKey(Key, name));

    /// <summary>The key that <see cref="Derive"/> would use.</summary>
    /// <param name="key">The parent's key.</param>
    /// <param name="name">The consumer.</param>
    /// <returns>The derived key.</returns>
    public static ulong DeriveKey(ulong key, string name)
    {
        // FNV-1a over the UTF-16 code units, then the SplitMix64 finaliser over both halves.
        ulong hash = 14695981039346656037;
        foreach (char letter in name)
            hash = (hash ^ letter) * 1099511628211;
        return Mix(Mix(key + 0x9E3779B97F4A7C15) ^ hash);
    }

    /// <summary>The next 32 uniform bits.</summary>
    /// <returns>A word.</returns>
    public uint NextUInt32()
    {
        if (_used == 4)
        {
            (_block[0], _block[1], _block[2], _block[3]) = Philox.Block(Key, 0, _counter++);
            _used = 0;
        }

        return _block[_used++];
    }

    /// <summary>The next 64 uniform bits.</summary>
    /// <returns>A word.</returns>
    public ulong NextUInt64() => NextUInt32() | ((ulong)NextUInt32() << 32);

    /// <summary>A uniform number in [0, 1) with 53 random bits.</summary>
    /// <returns>The number.</returns>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform number in (0, 1): never zero, so its logarithm is finite.</summary>
    /// <returns>The number.</returns>
    public double NextOpenDouble() => ((NextUInt64() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>A uniform integer in [0, bound), without bias.</summary>
    /// <param name="bound">At least 1.</param>
    /// <returns>The integer.</returns>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong product = (ulong)NextUInt32() * (uint)bound;
        if ((uint)product < (uint)bound)
        {
            uint threshold = (uint)-bound % (uint)bound;
            while ((uint)product < threshold)
                product = (ulong)NextUInt32() * (uint)bound;
        }

        return (int)(product >> 32);
    }

    /// <summary>A standard normal number (Marsaglia's polar method).</summary>
    /// <returns>The number.</returns>
    public double NextGaussian()
    {
        if (!double.IsNaN(_spareGaussian))
        {
            double spare = _spareGaussian;
            _spareGaussian = double.NaN;
            return spare;
        }

        double u, v, s;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            s = (u * u) + (v * v);
        }
        while (s is >= 1 or 0);
        double scale = Math.Sqrt(-2 * StableMath.Log(s) / s);
        _spareGaussian = v * scale;
        return u * scale;
    }

    /// <summary>Fills a span with a uniformly random permutation of 0 … length−1 (Fisher–Yates).</summary>
    /// <param name="order">Receives the permutation.</param>
    public void Permutation(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            int j = NextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }

    /// <summary>The key of a numbered member of a family of streams: one per epoch, say.</summary>
    /// <param name="key">The family's key.</param>
    /// <param name="number">The member.</param>
    /// <returns>The derived key.</returns>
    public static ulong DeriveKey(ulong key, ulong number) => Mix(Mix(key + 0x9E3779B97F4A7C15) ^ Mix(number + 0xD1B54A32D192ED03));

    /// <summary>Begins another stream in this object, so that a loop need not allocate.</summary>
    /// <param name="key">The other stream's key.</param>
    public void Restart(ulong key) => (Key, _counter, _used, _spareGaussian) = (key, 0, 4, double.NaN);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
