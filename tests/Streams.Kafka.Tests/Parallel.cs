// These tests wait for clusters and brokers most of their time, so more of them run at once than there are processors.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]
