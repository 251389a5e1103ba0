using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Requests;

/// <summary>Reads the JSON body of a call: one object, whose fields may be objects of known fields.</summary>
internal static class BodyReading
{
    /// <summary>Deeper than any body that is asked for.</summary>
    private const int MaxDepth = 8;

    /// <exception cref="ApiProblem">The body is not JSON, or a field is unknown, repeated, missing or wrong.</exception>
    public static async Task<RequestValues> ReadAsync(HttpRequest request, IReadOnlyList<Parameter> parameters)
    {
        if (!request.HasJsonContentType()) throw ApiProblem.UnsupportedMediaType(request.ContentType);
        if (request.ContentLength > RequestLimits.MaxBodyBytes) throw ApiProblem.BodyTooLarge(RequestLimits.MaxBodyBytes);

        var body = new ArrayBufferWriter<byte>(1024);
        int read;
        while ((read = await request.Body.ReadAsync(body.GetMemory(1024), request.HttpContext.RequestAborted)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > RequestLimits.MaxBodyBytes) throw ApiProblem.BodyTooLarge(RequestLimits.MaxBodyBytes);
        }

        return Read(body.WrittenMemory, parameters);
    }

    /// <summary>Reads the bytes of a body.</summary>
    public static RequestValues Read(ReadOnlyMemory<byte> utf8, IReadOnlyList<Parameter> parameters)
    {
        if (!Utf8.IsValid(utf8.Span)) throw ApiProblem.InvalidBody("The body is not valid UTF-8.");

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException error)
        {
            throw ApiProblem.InvalidBody($"The body is not valid JSON, or nested deeper than {MaxDepth} (line {error.LineNumber + 1}, byte {error.BytePositionInLine}).");
        }

        using (document)
        {
            try
            {
                return Read(document.RootElement, parameters);
            }
            catch (InvalidOperationException)
            {
                // An escaped lone surrogate in a name or a string: valid JSON, but no text.
                throw ApiProblem.InvalidBody("The body has a string that is not valid text.");
            }
        }
    }

    private static RequestValues Read(JsonElement root, IReadOnlyList<Parameter> parameters)
    {
        if (root.ValueKind != JsonValueKind.Object) throw ApiProblem.InvalidBody("The body must be one JSON object.");

        var values = new Dictionary<string, IReadOnlyList<string>>();
        ReadFields(root, prefix: "", parameters, values);
        return new RequestValues(values);
    }

    private static void ReadFields(JsonElement element, string prefix, IReadOnlyList<Parameter> parameters, Dictionary<string, IReadOnlyList<string>> values)
    {
        var seen = new HashSet<string>();
        foreach (var field in element.EnumerateObject())
        {
            var parameter = parameters.FirstOrDefault(known => known.FieldName == field.Name)
                ?? throw ApiProblem.UnknownParameter(prefix + field.Name, parameters.Select(static known => known.Name));
            if (!seen.Add(field.Name)) throw ApiProblem.InvalidParameter(parameter.Name, null, $"{parameter.Name} stands in the body twice.");
            if (field.Value.ValueKind == JsonValueKind.Null) continue;
            if (parameter.Kind == ParameterKind.Object) ReadObject(parameter, field.Value, values);
            else if (Values(parameter, field.Value) is { Count: > 0 } list) values.Add(parameter.Name, list);
        }

        ParameterCheck.CheckRequired(parameters, values.ContainsKey);
    }

    private static void ReadObject(Parameter parameter, JsonElement value, Dictionary<string, IReadOnlyList<string>> values)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw ApiProblem.InvalidParameter(parameter.Name, value.GetRawText(), $"{parameter.Name} must be an object with {string.Join(", ", parameter.Fields.Select(static field => field.Name))}.");
        ReadFields(value, parameter.Name + ".", parameter.Fields, values);
    }

    private static List<string> Values(Parameter parameter, JsonElement value)
    {
        if (!parameter.IsRepeatable) return [Value(parameter, value)];
        if (value.ValueKind != JsonValueKind.Array)
            throw ApiProblem.InvalidParameter(parameter.Name, value.GetRawText(), $"{parameter.Name} must be an array.");
        if (value.GetArrayLength() > parameter.MaxCount)
            throw ApiProblem.InvalidParameter(parameter.Name, $"{value.GetArrayLength()} values", $"{parameter.Name} may have {parameter.MaxCount} values at the most.");

        return [.. value.EnumerateArray().Select(item => Value(parameter, item))];
    }

    private static string Value(Parameter parameter, JsonElement value)
    {
        var (fits, wanted) = parameter.Kind switch
        {
            ParameterKind.Number or ParameterKind.Integer => (value.ValueKind == JsonValueKind.Number, "a number"),
            ParameterKind.Flag => (value.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false"),
            _ => (value.ValueKind == JsonValueKind.String, "a string"),
        };
        if (!fits) throw ApiProblem.InvalidParameter(parameter.Name, parameter.IsSecret ? null : value.GetRawText(), $"{parameter.Name} must be {wanted}.");

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (!parameter.IsSecret) ParameterCheck.Check(parameter, text);
        return text;
    }
}
