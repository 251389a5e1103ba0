using System.Buffers;
using System.Globalization;
using System.Text;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.History;

/// <summary>Comma-separated values (RFC 4180, lines end in LF): a header, then a price a line; what is null is empty.</summary>
internal sealed class CsvTickLines : ITickLines
{
    private const string Time = "yyyy-MM-ddTHH:mm:ss'Z'";

    public void WriteHeader(IBufferWriter<byte> buffer) => buffer.Write(
        "timestamp,market_zone,price_type,location,interval_minutes,price,energy_cost,congestion_cost,loss_cost,volume,renewable_percentage,load_forecast,published_at,revision,source\n"u8);

    public void Write(IBufferWriter<byte> buffer, in PriceTick tick)
    {
        Number<DateTime>(buffer, tick.Timestamp.UtcDateTime, Time);
        Text(buffer, tick.MarketZone.Name());
        Text(buffer, tick.PriceType.Name());
        Text(buffer, tick.Location);
        Number<short>(buffer, tick.IntervalMinutes);
        Number<double>(buffer, tick.Price);
        Number<double>(buffer, tick.EnergyCost);
        Number<double>(buffer, tick.CongestionCost);
        Number<double>(buffer, tick.LossCost);
        Number<double>(buffer, tick.Volume);
        Number<double>(buffer, tick.RenewablePercentage);
        Number<double>(buffer, tick.LoadForecast);
        Number<DateTime>(buffer, tick.PublishedAt.UtcDateTime, Time);
        Number<int>(buffer, tick.Revision);
        Text(buffer, tick.Source ?? "", end: "\n");
    }

    private static void Number<T>(IBufferWriter<byte> buffer, T? value, string? format = null) where T : struct, IUtf8SpanFormattable
    {
        if (value is { } number && number.TryFormat(buffer.GetSpan(64), out var written, format, CultureInfo.InvariantCulture)) buffer.Advance(written);
        buffer.Write(","u8);
    }

    private static void Text(IBufferWriter<byte> buffer, string text, string end = ",")
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") >= 0) text = '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
        Encoding.UTF8.GetBytes(text, buffer);
        Encoding.UTF8.GetBytes(end, buffer);
    }
}
