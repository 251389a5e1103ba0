using Microsoft.Extensions.Options;

namespace OptiBid.History.Hosting;

/// <summary>Stops the start with the options' own words on what is wrong.</summary>
internal sealed class FaultCheck<T>(Func<T, string?> fault) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options) =>
        fault(options) is { } words ? ValidateOptionsResult.Fail(words) : ValidateOptionsResult.Success;
}
