using System.CommandLine;
using OptiBid.Simulator.Live;
using OptiBid.Simulator.Serve;

var simulator = new RootCommand("Simulated electricity markets.") { LiveCommand.Create(), ServeCommand.Create() };
return await simulator.Parse(args).InvokeAsync();
