using System.CommandLine;
using OptiBid.Simulator.Live;

var simulator = new RootCommand("Simulated electricity markets.") { LiveCommand.Create() };
return await simulator.Parse(args).InvokeAsync();
