using System.Text.Json;
using OptiBid.History.Batches;

namespace OptiBid.History.Audit;

/// <summary>A record of the audit log as both stores keep it: a row.</summary>
internal sealed record StorableAudit(
    DateTimeOffset At, string Actor, string Action, string? Target, bool Allowed, short? Status, string? Address, string? Details)
{
    /// <summary>The record with its time in UTC to the microsecond and its text within bounds.</summary>
    /// <exception cref="HistoryRejectedException">No store could keep it; names the record and its fault.</exception>
    public static StorableAudit From(AuditRecord record)
    {
        if (Fault(record) is { } fault)
        {
            throw new HistoryRejectedException(
                $"The record of '{Text(record.Action ?? "")}' by '{Text(record.Actor ?? "")}' at {record.At:O} cannot be stored: {fault}.");
        }

        return new(
            Moment.Cut(record.At), Text(record.Actor), record.Action, Text(record.Target), record.Allowed, (short?)record.Status, Text(record.Address),
            record.Details.Count == 0 ? null : JsonSerializer.Serialize(record.Details.ToDictionary(detail => Text(detail.Key), detail => Text(detail.Value))));
    }

    private static string? Fault(AuditRecord record) =>
        string.IsNullOrWhiteSpace(record.Action) || record.Action.Length > AuditRecord.TextLength || !StorableText.Is(record.Action) ? "its action is not text a store can hold"
        : string.IsNullOrWhiteSpace(record.Actor) ? "it has no actor"
        : record.Status is < 100 or > 999 ? $"its status is {record.Status}"
        : null;

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private static string? Text(string? text) => text is null ? null : StorableText.Make(text, AuditRecord.TextLength);
}
