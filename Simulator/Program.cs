using System.CommandLine;
using OptiBid.Simulator.History;
using OptiBid.Simulator.Live;
using OptiBid.Simulator.Plot;

var simulator = new RootCommand("Simulated electricity markets.") { LiveCommand.Create(), HistoryCommand.Create(), PlotCommand.Create() };
return await simulator.Parse(args).InvokeAsync();
