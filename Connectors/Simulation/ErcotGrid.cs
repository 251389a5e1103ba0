namespace OptiBid.Connectors.Simulation;

/// <summary>ERCOT: hot summers, much wind in the west, growing sun and storage, no neighbours to speak of.</summary>
internal static class ErcotGrid
{
    public static GridProfile Profile { get; } = new()
    {
        Load = new()
        {
            Base = 44_500,
            Shape = [0.92, 0.89, 0.87, 0.86, 0.87, 0.91, 0.98, 1.01, 1.02, 1.03, 1.04, 1.05, 1.06, 1.06, 1.06, 1.07, 1.08, 1.09, 1.1, 1.1, 1.09, 1.06, 1.01, 0.96],
            Weekend = 0.06, Temperature = 20, Season = 9.5, Day = 5.5, Weather = 4, Cooling = 1600, Heating = 1350, ForecastError = 0.016,
        },
        Wind = new(40_000, Level: -0.8, Season: 0.3, Day: 0.4, Windiest: 0, ForecastError: 0.05),
        Solar = new(31_000, Latitude: 31.5, Longitude: -100.5, Clouds: 0.65, ForecastError: 0.12),
        Storage = new(9_500),
        Stack = new(
            [("Nuclear", 5_000), ("Coal and Lignite", 2_800), ("Natural Gas", 3_600), ("Hydro", 60), ("Other", 20)],
            [
                new("Natural Gas", 3_000, 0, 14), new("Coal and Lignite", 8_500, 17, 24), new("Natural Gas", 22_000, 18, 29, BurnsGas: true),
                new("Natural Gas", 10_000, 29, 42, BurnsGas: true), new("Natural Gas", 10_500, 42, 80, BurnsGas: true),
                new("Natural Gas", 8_000, 80, 200, BurnsGas: true), new("Other", 1_500, 250, 1_500),
            ],
            curtailmentOffer: 32),
        Fuels = ["Coal and Lignite", "Hydro", "Nuclear", "Power Storage", "Solar", "Wind", "Natural Gas", "Other"],
        StorageFuel = "Power Storage",
        Renewables = ["Hydro"],
        WinterGas = 0.1,
    };
}
