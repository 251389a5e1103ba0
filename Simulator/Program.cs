using System.CommandLine;
using OptiBid.Simulator.History;
using OptiBid.Simulator.Live;
using OptiBid.Simulator.Plot;
using OptiBid.Simulator.Serve;

var simulator = new RootCommand("Simulated electricity markets.") { LiveCommand.Create(), HistoryCommand.Create(), ServeCommand.Create(), PlotCommand.Create() };
return await simulator.Parse(args).InvokeAsync();
