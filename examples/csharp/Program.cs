// Live prices by the typed client:  dotnet run -- [ZONE]
using System.Globalization;
using OptiBid.Client;
using OptiBid.Client.Live;
using OptiBid.Client.Requests;

var gateway = new Uri(Environment.GetEnvironmentVariable("OPTIBID_URL") ?? "http://localhost:8080");
var optibid = OptiBidClient.Connect(gateway, Environment.GetEnvironmentVariable("OPTIBID_API_KEY"));

await foreach (var told in optibid.SubscribeAsync(new PriceFilter { Zones = args }))
{
    switch (told)
    {
        case PricesMoved moved:
            foreach (var price in moved.Prices)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{price.Timestamp.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {price.MarketZone} {price.Location} {price.PriceType} {price.Price}"));
            break;
        case Lagged lag:
            Console.Error.WriteLine($"too slow: {lag.Dropped} prices were dropped, the newest still come");
            break;
        case ConnectionLost lost:
            Console.Error.WriteLine($"connection lost ({lost.Reason}), again in {lost.RetryIn.TotalSeconds:F0} s");
            break;
    }
}
