using System.Runtime.CompilerServices;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Fakes;

/// <summary>The audit log over a list, which can be taken away and given back.</summary>
internal sealed class MemoryAudit : IAuditLog
{
    private readonly Lock _gate = new();
    private readonly List<AuditRecord> _records = [];

    public volatile bool IsAway;

    /// <summary>Records it has been offered while it was away, tries counted each.</summary>
    public int Refused;

    /// <summary>The records, the oldest first.</summary>
    public AuditRecord[] Records
    {
        get
        {
            lock (_gate) return [.. _records];
        }
    }

    public Task RecordAsync(IReadOnlyCollection<AuditRecord> records, CancellationToken cancellationToken = default)
    {
        if (IsAway)
        {
            Interlocked.Add(ref Refused, records.Count);
            throw new HistoryUnavailableException("connection to db-host.internal as user optibid refused", new IOException());
        }

        if (records.Any(record => record.Action == "refused")) throw new HistoryRejectedException("its action is refused");
        lock (_gate) _records.AddRange(records);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<AuditEntry> ReadAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (IsAway) throw new HistoryUnavailableException("connection to db-host.internal as user optibid refused", new IOException());
        await Task.CompletedTask;
        var found = Records.Select((record, i) => new AuditEntry(new(record.At, i), record)).OrderByDescending(entry => entry.Place.At).ThenByDescending(entry => entry.Place.Id)
            .Where(entry => query.Actor is null || entry.Record.Actor == query.Actor)
            .Where(entry => query.Action is null || entry.Record.Action.StartsWith(query.Action, StringComparison.Ordinal))
            .Where(entry => query.Allowed is null || entry.Record.Allowed == query.Allowed)
            .Where(entry => !(entry.Record.At < query.From) && !(entry.Record.At >= query.Before))
            .Where(entry => query.After is not { } after || entry.Place.At < after.At || entry.Place.At == after.At && entry.Place.Id < after.Id);
        foreach (var entry in found.Take(query.Limit)) yield return entry;
    }
}
