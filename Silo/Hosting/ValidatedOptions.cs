using Microsoft.Extensions.Options;

namespace OptiBid.Silo.Hosting;

/// <summary>Options that the composition itself needs, before there are services to validate them.</summary>
internal static class ValidatedOptions
{
    /// <summary>Reads a section.</summary>
    /// <exception cref="StartRefusedException">A value is wrong, or not of the right kind; says which.</exception>
    public static TOptions Read<TOptions, TValidator>(this IConfiguration configuration, string section)
        where TOptions : class, new()
        where TValidator : IValidateOptions<TOptions>, new()
    {
        try
        {
            var options = configuration.GetSection(section).Get<TOptions>() ?? new();
            var result = new TValidator().Validate(null, options);
            return result.Succeeded ? options : throw new StartRefusedException(result.FailureMessage ?? section);
        }
        catch (InvalidOperationException error)
        {
            // The binder's: it names the key and the value it could not convert.
            throw new StartRefusedException(error.Message);
        }
    }
}
