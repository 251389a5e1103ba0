namespace OptiBid.Gateway.Api.Admin;

/// <summary>Moments as answers write them: UTC with Z, to the millisecond.</summary>
internal static class ApiTime
{
    public static DateTime Of(DateTimeOffset moment) => new(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    public static DateTime? Of(DateTimeOffset? moment) => moment is { } known ? Of(known) : null;
}
