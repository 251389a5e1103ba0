using Confluent.Kafka;

namespace OptiBid.Streams.Kafka.Writing;

/// <summary>Waits for the acknowledgements of many records with one task for all of them.</summary>
internal sealed class DeliveryCountdown
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _outstanding = 1;
    private int _failed;
    private Error? _firstError;

    public int Failed => Volatile.Read(ref _failed);

    public Error? FirstError => Volatile.Read(ref _firstError);

    /// <summary>To be called before a record is given to the client.</summary>
    public void Expect() => Interlocked.Increment(ref _outstanding);

    /// <summary>A record was acknowledged or failed.</summary>
    public void Report(DeliveryReport<byte[]?, byte[]?> report)
    {
        if (report.Error.IsError) Fail(report.Error);
        CountDown();
    }

    /// <summary>A record that was expected could not even be given to the client.</summary>
    public void Refuse(Error error)
    {
        Fail(error);
        CountDown();
    }

    /// <summary>Says that no more are expected, and completes with the last of them.</summary>
    public Task CompleteAsync()
    {
        CountDown();
        return _all.Task;
    }

    private void Fail(Error error)
    {
        Interlocked.CompareExchange(ref _firstError, error, null);
        Interlocked.Increment(ref _failed);
    }

    private void CountDown()
    {
        if (Interlocked.Decrement(ref _outstanding) == 0) _all.SetResult();
    }
}
