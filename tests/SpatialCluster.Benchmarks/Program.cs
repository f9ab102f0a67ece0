using SpatialCluster.Benchmarks;

return BenchmarkSuite.Run(args);
