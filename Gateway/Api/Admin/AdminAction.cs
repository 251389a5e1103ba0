namespace OptiBid.Gateway.Api.Admin;

/// <summary>Says beside a route what an administrator does there, for the record.</summary>
/// <param name="Name">Its name, such as <c>credentials.set</c>.</param>
/// <param name="IsChange">Whether it changes something: then it is recorded when it succeeds too, not only when it is refused.</param>
internal sealed record AdminAction(string Name, bool IsChange);
