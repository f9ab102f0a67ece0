using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpatialCluster.Analysis.Umap;

/// <summary>
/// The stochastic gradient descent of UMAP (McInnes, Healy and Melville 2018, algorithm 5): every sampled edge pulls its ends
/// together and pushes its head off random spots. One thread, edges in order: what a step does depends on those before it.
/// </summary>
/// <remarks>The pushes of one edge are taken at one place rather than one after the other, so that the processor overlaps them.</remarks>
internal sealed unsafe class LayoutDescent
{
    private const float MostPerStep = 4;
    private readonly float[] _places;
    private readonly LayoutEdges _edges;
    private readonly ForceTable _forces;
    private readonly float[] _due;
    private readonly int _negatives;
    private ulong _random;

    /// <summary>Prepares a descent.</summary>
    /// <param name="places">x and y of each spot in turn; changed in place.</param>
    /// <param name="edges">The edges.</param>
    /// <param name="forces">The forces.</param>
    /// <param name="negatives">Random spots per sampled edge.</param>
    /// <param name="key">The random stream.</param>
    public LayoutDescent(float[] places, LayoutEdges edges, ForceTable forces, int negatives, ulong key)
    {
        _places = places;
        _edges = edges;
        _forces = forces;
        _negatives = negatives;
        _random = key;
        _due = (float[])edges.Periods.Clone();
    }

    /// <summary>One epoch.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    /// <param name="rate">The length of its steps.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int epoch, float rate)
    {
        Vector128<float> rates = Vector128.Create(rate), most = Vector128.Create(MostPerStep), least = -most;
        uint spots = (uint)(_places.Length / 2);
        ulong random = _random;
        int negatives = _negatives;
        fixed (int* heads = _edges.Heads, tails = _edges.Tails)
        fixed (float* periods = _edges.Periods, due = _due, attraction = _forces.Attraction, repulsion = _forces.Repulsion, places = _places)
        {
            for (int e = 0; e < _due.Length; e++)
            {
                if (due[e] > epoch)
                    continue;
                due[e] += periods[e];
                float* head = places + (2L * heads[e]), tail = places + (2L * tails[e]);
                Vector128<float> here = Load(head), there = Load(tail);
                Vector128<float> pull = Push(attraction, here - there, least, most) * rates;
                Store(there - pull, tail);
                here += pull;
                Vector128<float> push = Vector128<float>.Zero;
                for (int i = 0; i < negatives; i += 2)
                {
                    ulong words = NextWords(ref random);
                    push += Push(repulsion, here - Load(places + (2 * (((uint)words * (ulong)spots) >> 32))), least, most);
                    if (i + 1 < negatives)
                        push += Push(repulsion, here - Load(places + (2 * (((words >> 32) * spots) >> 32))), least, most);
                }

                Store(here + (push * rates), head);
            }
        }

        _random = random;
    }

    /// <summary>Force times difference, each coordinate within the bounds. No difference, no force.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Push(float* table, Vector128<float> difference, Vector128<float> least, Vector128<float> most)
    {
        Vector128<float> squares = difference * difference;
        float force = ForceTable.Force(table, squares.GetElement(0) + squares.GetElement(1));
        return Vector128.MinNative(Vector128.MaxNative(Vector128.Create(force) * difference, least), most);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Load(float* place) => Vector128.CreateScalar(*(double*)place).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> place, float* target) => *(double*)target = place.AsDouble().ToScalar();

    /// <summary>SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), begun at a key of a random stream: a few cycles where Philox takes tens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NextWords(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
