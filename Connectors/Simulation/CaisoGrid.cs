namespace OptiBid.Connectors.Simulation;

/// <summary>CAISO: as much sun as noon can take, batteries, imports and exports.</summary>
internal static class CaisoGrid
{
    public static GridProfile Profile { get; } = new()
    {
        Load = new()
        {
            Base = 23_500,
            // Roofs with panels hollow the day out before the market sees it.
            Shape = [0.94, 0.89, 0.86, 0.85, 0.87, 0.94, 1.02, 1.02, 0.96, 0.9, 0.86, 0.84, 0.84, 0.86, 0.9, 0.96, 1.04, 1.13, 1.2, 1.22, 1.2, 1.15, 1.08, 1.01],
            Weekend = 0.07, Temperature = 16, Season = 7.5, Day = 6.5, Weather = 3, Cooling = 1080, Heating = 230, ForecastError = 0.018,
        },
        Wind = new(8_000, Level: -1.05, Season: 0.5, Day: 0.55, Windiest: 21, ForecastError: 0.12),
        Solar = new(21_500, Latitude: 35.5, Longitude: -118.5, Clouds: 0.45, ForecastError: 0.12),
        Storage = new(11_000),
        Stack = new(
            [
                ("Nuclear", 2_250), ("Geothermal", 900), ("Biomass", 330), ("Biogas", 190), ("Small hydro", 250), ("Coal", 8),
                ("Large Hydro", 1_300), ("Natural Gas", 1_700), ("Imports", -1_800),
            ],
            [
                new("Imports", 3_000, 0, 16), new("Natural Gas", 5_000, 20, 28, BurnsGas: true), new("Imports", 3_500, 26, 32),
                new("Large Hydro", 2_500, 31, 37), new("Natural Gas", 4_000, 37, 52, BurnsGas: true), new("Imports", 4_000, 50, 64),
                new("Large Hydro", 1_000, 60, 70), new("Natural Gas", 9_500, 58, 100, BurnsGas: true), new("Imports", 3_000, 90, 240),
                new("Natural Gas", 3_000, 160, 450, BurnsGas: true),
            ],
            curtailmentOffer: 48),
        Fuels = ["Solar", "Wind", "Geothermal", "Biomass", "Biogas", "Small hydro", "Coal", "Nuclear", "Natural Gas", "Large Hydro", "Batteries", "Imports", "Other"],
        StorageFuel = "Batteries",
        Renewables = ["Geothermal", "Biomass", "Biogas", "Small hydro"],
        WinterGas = 0.12,
    };
}
