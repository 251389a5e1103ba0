namespace OptiBid.Connectors.Simulation;

/// <summary>PJM: a large summer-peaking system of nuclear, coal and gas, with little wind and sun.</summary>
internal static class PjmGrid
{
    public static GridProfile Profile { get; } = new()
    {
        Load = new()
        {
            Base = 83_000,
            Shape = [0.88, 0.85, 0.83, 0.825, 0.84, 0.89, 0.97, 1.03, 1.05, 1.05, 1.05, 1.05, 1.04, 1.035, 1.025, 1.03, 1.05, 1.08, 1.1, 1.1, 1.08, 1.04, 0.98, 0.92],
            Weekend = 0.085, Temperature = 12, Season = 12.5, Day = 5, Weather = 3.8, Cooling = 3550, Heating = 1900, ForecastError = 0.015,
        },
        Wind = new(13_000, Level: -0.85, Season: 0.35, Day: 0.2, Windiest: 1, ForecastError: 0.1),
        Solar = new(14_000, Latitude: 39.5, Longitude: -79, Clouds: 0.8, ForecastError: 0.15),
        Storage = new(450),
        Stack = new(
            [("Nuclear", 31_500), ("Hydro", 1_500), ("Other Renewables", 900), ("Coal", 5_500), ("Gas", 11_000)],
            [
                new("Gas", 4_000, 0, 15), new("Gas", 28_000, 14, 26, BurnsGas: true), new("Coal", 16_000, 23, 33),
                new("Gas", 20_000, 29, 42, BurnsGas: true), new("Hydro", 4_000, 38, 44), new("Gas", 18_000, 42, 64, BurnsGas: true),
                new("Coal", 6_000, 45, 70), new("Multiple Fuels", 7_000, 62, 130, BurnsGas: true), new("Oil", 4_500, 150, 320),
            ],
            curtailmentOffer: 30),
        Fuels = ["Coal", "Gas", "Hydro", "Nuclear", "Oil", "Other Renewables", "Solar", "Storage", "Wind", "Multiple Fuels"],
        StorageFuel = "Storage",
        Renewables = ["Hydro", "Other Renewables"],
        WinterGas = 0.18,
    };
}
