using OptiBid.Gateway.Api;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Hubs;
using OptiBid.Gateway.Management;
using OptiBid.Gateway.Screen;
using OptiBid.Gateway.Security;
using Orleans.Dashboard;

namespace OptiBid.Gateway;

/// <summary>The way of a request, in order.</summary>
internal static class Pipeline
{
    public static WebApplication UsePipeline(this WebApplication app)
    {
        app.UseProblems();
        app.UseEdge();
        app.UseSecurityHeaders();
        app.UseManagementPort();
        app.UseWebClient();
        app.UseAdminAudit();
        app.UseSecurity();
        app.UseTaggedDocument();
        app.MapApi();
        app.MapPricesHub();
        app.MapDocs();
        app.MapManagement();
        app.MapOrleansDashboard("/dashboard").RequireAuthorization(SecurityExtensions.OperatorsOfAllZones).ExcludeFromDescription();
        app.MapWebClientFallback();
        return app;
    }
}
