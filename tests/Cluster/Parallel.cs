// Two deployments leave half of two processors idle: much of their time they wait for a lease to run out or a fault to end.
[assembly: Xunit.v3.Parallelization(MaxThreads = 3)]
