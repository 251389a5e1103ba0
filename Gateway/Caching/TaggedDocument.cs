namespace OptiBid.Gateway.Caching;

/// <summary>
/// Gives the OpenAPI document an entity tag. It is large, tools ask for it again and again, and it changes with the
/// program alone; what makes it knows nothing of conditions, so its answer is held until it is whole.
/// </summary>
internal static class TaggedDocument
{
    public static WebApplication UseTaggedDocument(this WebApplication app)
    {
        app.UseWhen(
            static context => HttpMethods.IsGet(context.Request.Method) && context.Request.Path.StartsWithSegments("/openapi"),
            static document => document.Use(TagAsync));
        return app;
    }

    private static async Task TagAsync(HttpContext context, RequestDelegate next)
    {
        var (response, body) = (context.Response, context.Response.Body);
        using var held = new MemoryStream();
        response.Body = held;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = body;
        }

        var document = held.GetBuffer().AsMemory(0, (int)held.Length);
        if (response.StatusCode == StatusCodes.Status200OK) await new AnswerResult(document, EntityTag.Of(document.Span)).ExecuteAsync(context);
        else if (document.Length > 0) await body.WriteAsync(document, context.RequestAborted);
    }
}
