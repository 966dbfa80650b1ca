using System.Collections.Generic;

namespace MediaMagic.Simulator;

/// <summary>Gathers what is wrong with a request and refuses it with the validation envelope.</summary>
internal sealed class FieldProblems
{
    private readonly List<(string Field, string Message, string Code)> _problems = [];

    public bool Any => _problems.Count > 0;

    public static Refusal One(string field, string message, string code = "invalid")
    {
        FieldProblems problems = new();
        problems.Add(field, message, code);
        return problems.ToRefusal();
    }

    public void Add(string field, string message, string code = "invalid") => _problems.Add((field, message, code));

    public void ThrowIfAny()
    {
        if (Any)
        {
            throw ToRefusal();
        }
    }

    private Refusal ToRefusal() => new(Reply.Json(422, json =>
    {
        json.WriteStartObject();
        string first = $"Validation failed: {_problems[0].Field}: {_problems[0].Message}";
        json.WriteString("detail", _problems.Count == 1 ? first : "Validation failed");
        json.WriteStartArray("fields");
        foreach ((string field, string message, string code) in _problems)
        {
            json.WriteStartObject();
            json.WriteString("field", field);
            json.WriteString("message", message);
            json.WriteString("code", code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));
}
