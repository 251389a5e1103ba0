namespace OptiBid.Connectors.Simulation;

/// <summary>NYISO: water and nuclear upstate, plants that burn gas or oil downstate.</summary>
internal static class NyisoGrid
{
    public static GridProfile Profile { get; } = new()
    {
        Load = new()
        {
            Base = 16_000,
            Shape = [0.85, 0.81, 0.79, 0.78, 0.79, 0.85, 0.95, 1.02, 1.05, 1.05, 1.05, 1.05, 1.04, 1.03, 1.03, 1.05, 1.08, 1.11, 1.13, 1.12, 1.08, 1.03, 0.97, 0.9],
            Weekend = 0.09, Temperature = 10.5, Season = 12.5, Day = 4.5, Weather = 3.9, Cooling = 800, Heating = 250, ForecastError = 0.016,
        },
        Wind = new(2_800, Level: -1.05, Season: 0.3, Day: 0.2, Windiest: 1, ForecastError: 0.12),
        Solar = new(700, Latitude: 42.5, Longitude: -75, Clouds: 0.8, ForecastError: 0.15),
        Storage = new(250),
        Stack = new(
            [("Nuclear", 3_300), ("Hydro", 2_400), ("Other Renewables", 260), ("Natural Gas", 700), ("Dual Fuel", 1_100)],
            [
                new("Natural Gas", 900, 0, 16), new("Hydro", 1_300, 18, 26), new("Natural Gas", 3_000, 25, 33, BurnsGas: true),
                new("Dual Fuel", 7_000, 28, 46, BurnsGas: true), new("Dual Fuel", 6_000, 46, 78, BurnsGas: true),
                new("Natural Gas", 2_000, 70, 110, BurnsGas: true), new("Dual Fuel", 4_000, 100, 180, BurnsGas: true), new("Other Fossil Fuels", 2_000, 190, 380),
            ],
            curtailmentOffer: 25),
        Fuels = ["Dual Fuel", "Natural Gas", "Nuclear", "Other Fossil Fuels", "Other Renewables", "Wind", "Hydro"],
        SolarFuel = "Other Renewables",
        StorageFuel = "Other Renewables",
        Renewables = ["Hydro", "Other Renewables"],
        WinterGas = 0.27,
    };
}
