using System;
using System.Collections.Generic;
using System.Text.Json;

namespace MediaMagic.Simulator;

/// <summary>Faults as JSON, for the page and for control from outside the process.</summary>
internal static class FaultJson
{
    private static readonly JsonSerializerOptions s_options = new() { MaxDepth = 8 };

    public static void Write(Utf8JsonWriter json, SimulatorFault fault)
    {
        json.WriteString("endpoint", fault.Endpoint);
        if (fault.Status is int status)
        {
            json.WriteNumber("status", status);
        }

        json.WriteString("dropConnection", fault.DropConnection.ToString());
        json.WriteNumber("delayMs", fault.DelayMs);
        json.WriteBoolean("afterWork", fault.AfterWork);
        json.WriteBoolean("flipByte", fault.FlipByte);
        if (fault.RetryAfterSec is double seconds)
        {
            json.WriteNumber("retryAfterSec", seconds);
        }

        if (fault.Remaining != int.MaxValue)
        {
            json.WriteNumber("remaining", fault.Remaining);
        }

        json.WriteNumber("probability", fault.Probability);
    }

    /// <summary>Reads a fault; members are those of <see cref="SimulatorFault"/> in camelCase.</summary>
    public static SimulatorFault Read(JsonElement body)
    {
        SimulatorFault fault = new();
        try
        {
            foreach (JsonProperty member in body.EnumerateObject())
            {
                Set(fault, member.Name, member.Value);
            }
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or JsonException or ArgumentException)
        {
            throw FieldProblems.One("body", error.Message);
        }

        return fault;
    }

    private static void Set(SimulatorFault fault, string name, JsonElement value)
    {
        switch (name)
        {
            case "endpoint":
                fault.Endpoint = value.GetString() ?? "*";
                break;
            case "status":
                fault.Status = value.GetInt32();
                break;
            case "body":
                fault.Body = value.GetString();
                break;
            case "contentType":
                fault.ContentType = value.GetString();
                break;
            case "headers":
                fault.Headers = JsonSerializer.Deserialize<Dictionary<string, string>>(value.GetRawText(), s_options);
                break;
            case "retryAfterSec":
                fault.RetryAfterSec = value.GetDouble();
                break;
            case "delayMs":
                fault.DelayMs = value.GetInt32();
                break;
            case "dropConnection":
                fault.DropConnection = Enum.TryParse(value.GetString(), ignoreCase: true, out DropConnection drop)
                    ? drop
                    : throw new ArgumentException("dropConnection is None, Before, After or Within.");
                break;
            case "afterWork":
                fault.AfterWork = value.GetBoolean();
                break;
            case "flipByte":
                fault.FlipByte = value.GetBoolean();
                break;
            case "count":
                fault.Count = value.GetInt32();
                break;
            case "probability":
                fault.Probability = value.GetDouble();
                break;
            default:
                throw new ArgumentException($"A fault has no member '{name}'.");
        }
    }
}
