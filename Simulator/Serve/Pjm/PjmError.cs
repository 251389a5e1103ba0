using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Pjm;

/// <summary>A request that Data Miner 2 refuses with status 400.</summary>
internal sealed class PjmError(string column, string message, string? detail = null) : Exception(message)
{
    /// <summary>The refusal.</summary>
    public Answer Answer => Answers.Answer.Text("application/json", $$"""
        {"errors":[{"field":{{JsonText.Quote(column)}},"message":{{JsonText.Quote(Message)}}{{(detail is null ? "" : $",\"detail\":[{JsonText.Quote(detail)}]")}}}]}
        """, 400);
}
