using System.CommandLine;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.History.ApiKeys;

namespace OptiBid.Silo.Commands;

/// <summary>Makes an API key without a gateway: the first one, which the others are made with.</summary>
internal static class ApiKeyCommand
{
    /// <param name="run">Runs an action with the keys of the configured history.</param>
    public static Command Create(Func<Func<IApiKeys, Task>, Task<int>> run)
    {
        var name = new Option<string>("--name") { Description = "What people call it", Required = true };
        var roles = new Option<string[]>("--roles") { Description = "What it may do: viewer, trader, operator, admin", Required = true, AllowMultipleArgumentsPerToken = true }.AcceptOnlyFromAmong([.. ApiKeyRoles.All]);
        var zones = new Option<string[]>("--zones") { Description = "The markets it sees; left out, all", AllowMultipleArgumentsPerToken = true }.AcceptOnlyFromAmong([.. MarketZones.All.Select(static zone => zone.Name())]);
        var days = new Option<int?>("--days") { Description = "How long it lasts; left out, until it is revoked" };
        var command = new Command("api-key", """
            Makes an API key and prints it, this once: only its hash is kept. Gateways with Security:ApiKeys=true take it within
            seconds. The first one is made like this; with it, others are made over /api/v1/admin/api-keys.

            The embedded file is open to one program at a time, so there the product has to be stopped meanwhile.

            Example:
              api-key --name bootstrap --roles admin --days 7
            """) { name, roles, zones, days };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is { Length: 0 or > ApiKey.NameLength }) result.AddError($"--name must have 1 to {ApiKey.NameLength} characters");
            if (result.GetValue(days) is < 1 or > 36_500) result.AddError("--days must be from 1 to 36500");
        });
        command.SetAction((parsed, cancellationToken) => run(async keys =>
        {
            var text = ApiKeyText.Create();
            var now = TimeProvider.System.GetUtcNow();
            await keys.AddAsync(
                new ApiKey
                {
                    Id = text.Id,
                    Name = parsed.GetRequiredValue(name),
                    Hash = text.Hash(),
                    Roles = [.. parsed.GetRequiredValue(roles).Distinct()],
                    Zones = parsed.GetValue(zones) is { Length: > 0 } some ? [.. MarketZones.All.Where(zone => some.Contains(zone.Name()))] : null,
                    CreatedAt = now,
                    CreatedBy = $"command line, {Environment.UserName}",
                    ExpiresAt = parsed.GetValue(days) is { } length ? now.AddDays(length) : null,
                },
                cancellationToken);
            Console.WriteLine(text.Text);
        }));
        return command;
    }
}
