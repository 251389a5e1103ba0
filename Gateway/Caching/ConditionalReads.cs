namespace OptiBid.Gateway.Caching;

/// <summary>Says of a call that it can be asked on a condition.</summary>
internal static class ConditionalReads
{
    /// <summary>What <see cref="AnswerCache"/> answers has its entity tag already; this says so in the document.</summary>
    public static RouteHandlerBuilder CanBeConditional(this RouteHandlerBuilder route) => route.Produces(StatusCodes.Status304NotModified);

    /// <summary>Gives the call's answers entity tags.</summary>
    public static RouteHandlerBuilder WithEntityTag(this RouteHandlerBuilder route) => route.AddEndpointFilter<TaggedAnswers>().CanBeConditional();
}
