using System.Buffers;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>One search over all pairs, in tiles of 64 queries; a tile streams once through all references.</summary>
internal sealed unsafe class FeatureSearch
{
    private const int TileQueries = 64;
    private const int Blocks = TileQueries / DistanceKernel.Queries;
    private readonly ComparableVectors _vectors;
    private readonly PackedVectors _packed;
    private readonly int _neighbours;
    private readonly int _candidates;
    private readonly int[] _indices;
    private readonly double[] _distances;

    public FeatureSearch(ComparableVectors vectors, PackedVectors packed, int neighbours, int[] indices, double[] distances)
    {
        _vectors = vectors;
        _packed = packed;
        _neighbours = neighbours;
        _candidates = Math.Min(vectors.Rows - 1, neighbours + (neighbours / 4) + 8);
        _indices = indices;
        _distances = distances;
    }

    public int Tiles => (_vectors.Rows + TileQueries - 1) / TileQueries;

    /// <summary>Finds the neighbours of the queries of one tile.</summary>
    public void Run(int tile)
    {
        int first = tile * TileQueries, count = Math.Min(TileQueries, _vectors.Rows - first);
        float[] queries = ArrayPool<float>.Shared.Rent(Blocks * _packed.Width * DistanceKernel.Queries);
        int capacity = CandidateList.Capacity(_candidates);
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(TileQueries * capacity);
        var lists = new CandidateList[count];
        for (int q = 0; q < count; q++)
            lists[q] = new CandidateList(keys.AsMemory(q * capacity, capacity), _candidates, first + q);

        Span<float> penalties = stackalloc float[TileQueries];
        penalties.Clear();
        queries.AsSpan().Clear();
        for (int q = 0; q < count; q++)
        {
            int block = q / DistanceKernel.Queries, lane = q % DistanceKernel.Queries;
            _vectors.Write(first + q, queries.AsSpan((block * _packed.Width * DistanceKernel.Queries) + lane), DistanceKernel.Queries);
            penalties[q] = (float)_vectors.Penalty(first + q);
        }

        Sweep(queries, penalties, lists);
        var exact = new (double Squared, int Index)[_candidates];
        for (int q = 0; q < count; q++)
            Settle(lists[q], first + q, exact);
        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<float>.Shared.Return(queries);
    }

    private void Sweep(ReadOnlySpan<float> queries, ReadOnlySpan<float> penalties, CandidateList[] lists)
    {
        int blocks = (lists.Length + DistanceKernel.Queries - 1) / DistanceKernel.Queries;
        int blockFloats = _packed.Width * DistanceKernel.Queries;
        float* squared = stackalloc float[DistanceKernel.Queries * DistanceKernel.References];
        fixed (float* query = queries, penalty = penalties, allPenalties = _packed.Penalties)
        {
            for (int group = 0; group < _packed.Groups; group += 2)
            {
                int base0 = group * PackedVectors.Lanes;
                fixed (float* references = _packed.Group(group))
                {
                    for (int block = 0; block < blocks; block++)
                    {
                        int q = block * DistanceKernel.Queries;
                        DistanceKernel.Run(query + ((long)block * blockFloats), penalty + q, references, allPenalties + base0, _packed.Width, squared);
                        int last = Math.Min(lists.Length - q, DistanceKernel.Queries);
                        for (int lane = 0; lane < last; lane++)
                            lists[q + lane].Offer(squared + (lane * DistanceKernel.References), base0);
                    }
                }
            }
        }
    }

    private void Settle(CandidateList list, int query, (double Squared, int Index)[] exact)
    {
        ReadOnlySpan<ulong> keys = list.Best();
        for (int c = 0; c < keys.Length; c++)
        {
            int index = (int)(uint)keys[c];
            exact[c] = (_vectors.Squared(query, index), index);
        }

        exact.AsSpan(0, keys.Length).Sort(static (a, b) => a.Squared != b.Squared ? a.Squared.CompareTo(b.Squared) : a.Index.CompareTo(b.Index));
        for (int j = 0; j < _neighbours; j++)
        {
            _indices[(query * _neighbours) + j] = exact[j].Index;
            _distances[(query * _neighbours) + j] = _vectors.Distance(exact[j].Squared);
        }
    }
}
