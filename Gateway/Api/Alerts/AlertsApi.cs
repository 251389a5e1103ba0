using Microsoft.Extensions.DependencyInjection.Extensions;
using OptiBid.Connectors.Webhooks;
using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Alerts;

/// <summary>The calls about price alerts, under <c>/alerts</c>, for traders and those above them.</summary>
internal static class AlertsApi
{
    public static void AddAlertsApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddWebhookOptions(configuration);
        services.TryAddSingleton<IAlertRules, GrainAlertRules>();
        services.AddSingleton<AlertListeners>();
        services.AddSingleton<AlertRuleReading>();
        services.AddSingleton<KeyRules>();
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts").RequireAuthorization(SecurityExtensions.Traders);
        ListAlertsCall.Map(alerts);
        AlertRulesCalls.Map(alerts);
    }
}
