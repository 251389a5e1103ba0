namespace OptiBid.Gateway.Api.Problems;

/// <summary>Problem documents for what no handler answered: no such page, wrong method, a fault of ours.</summary>
internal static class ProblemDefaults
{
    public static IServiceCollection AddProblems(this IServiceCollection services) => services.AddProblemDetails(static options =>
        options.CustomizeProblemDetails = static context =>
        {
            var problem = context.ProblemDetails;

            // The framework names it by the policy of our JSON.
            problem.Extensions.Remove("traceId");
            problem.Extensions.Remove("trace_id");
            if (problem.Type?.StartsWith("urn:optibid:", StringComparison.Ordinal) is true) return;

            problem.Type = "urn:optibid:problem:" + problem.Status switch
            {
                400 => "bad-request",
                401 => "sign-in-required",
                403 => "not-allowed",
                404 => "not-found",
                405 => "method-not-allowed",
                413 => "body-too-large",
                415 => "unsupported-media-type",
                >= 500 => "internal",
                _ => "refused",
            };
            if (problem.Status >= 500) (problem.Title, problem.Detail) = ("Something went wrong on our side.", null);
        });

    /// <summary>Outermost, so that it sees every answer.</summary>
    public static WebApplication UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        return app;
    }
}
