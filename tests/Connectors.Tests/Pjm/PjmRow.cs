using System.Globalization;

namespace OptiBid.Connectors.Tests.Pjm;

/// <summary>Rows and envelopes of Data Miner 2, typed by hand.</summary>
internal static class PjmRow
{
    public static string Price(string utc, string id = "101", string total = "25.5", string suffix = "rt", int version = 1, string name = "NODE", string more = "") => $$"""
        {"datetime_beginning_utc":"{{utc}}",{{more}}"pnode_id":{{id}},"pnode_name":"{{name}}","type":"GEN","system_energy_price_{{suffix}}":{{total}},
         "total_lmp_{{suffix}}":{{total}},"congestion_price_{{suffix}}":0,"marginal_loss_price_{{suffix}}":0,"row_is_current":true,"version_nbr":{{version.ToString(CultureInfo.InvariantCulture)}}}
        """;

    public static string Envelope(params IEnumerable<string> items) => $$"""{"links":[],"items":[{{string.Join(',', items)}}]}""";
}
