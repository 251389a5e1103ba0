using OptiBid.History.Hosting;

namespace OptiBid.Silo.Hosting;

/// <summary>The history, with a wrong connection string told as what it is: a wrong configuration.</summary>
public static class CheckedHistory
{
    /// <summary>Adds the history.</summary>
    /// <exception cref="StartRefusedException">The connection string cannot be read.</exception>
    public static IServiceCollection AddCheckedHistory(this IServiceCollection services, IConfiguration configuration)
    {
        try
        {
            return services.AddHistory(configuration);
        }
        catch (InvalidOperationException error)
        {
            throw new StartRefusedException(error.Message);
        }
    }
}
