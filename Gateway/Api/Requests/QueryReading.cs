using OptiBid.Gateway.Api.Problems;

namespace OptiBid.Gateway.Api.Requests;

/// <summary>Reads the query string of a call.</summary>
internal static class QueryReading
{
    /// <exception cref="ApiProblem">A parameter is unknown, repeated, missing or wrong.</exception>
    public static RequestValues Read(IQueryCollection query, IReadOnlyList<Parameter> parameters)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>(query.Count);
        foreach (var (name, given) in query)
        {
            var parameter = parameters.FirstOrDefault(known => known.Name == name)
                ?? throw ApiProblem.UnknownParameter(name, parameters.Select(static known => known.Name));
            if (given.Count > parameter.MaxCount)
            {
                throw ApiProblem.InvalidParameter(name, $"{given.Count} values", parameter.IsRepeatable
                    ? $"{name} may be given {parameter.MaxCount} times at the most."
                    : $"{name} may be given once only.");
            }

            var list = new string[given.Count];
            for (var i = 0; i < list.Length; i++) ParameterCheck.Check(parameter, list[i] = given[i] ?? "");
            values[name] = list;
        }

        ParameterCheck.CheckRequired(parameters, values.ContainsKey);
        return new RequestValues(values);
    }
}
