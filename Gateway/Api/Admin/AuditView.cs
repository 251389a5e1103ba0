using System.Text.Json.Serialization;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>What somebody did or was kept from doing.</summary>
internal sealed record AuditView(
    DateTime At, string Actor, string Action, string? Target, bool Allowed, int? Status, string? Address, IReadOnlyDictionary<string, string> Details)
{
    public static AuditView Of(AuditEntry entry) => new(
        ApiTime.Of(entry.Record.At), entry.Record.Actor, entry.Record.Action, entry.Record.Target, entry.Record.Allowed, entry.Record.Status,
        entry.Record.Address, entry.Record.Details);
}

/// <summary>A page of the audit log, newest first.</summary>
/// <param name="Items">The records.</param>
/// <param name="NextCursor">Goes on after this page; absent on the last.</param>
internal sealed record AuditPage(
    IReadOnlyList<AuditView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextCursor);
