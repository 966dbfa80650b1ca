using System;
using System.Collections.Generic;
using System.Globalization;

namespace MediaMagic.Simulator;

/// <summary>The options of a simulator that runs alone.</summary>
internal sealed class CommandLine
{
    public const string Help = """
        Runs the MediaMagic Integrations API on this machine.

          --port N                  listen on this loopback port (0, the default, takes a free one)
          --processing-seconds S    how long an asset takes (default 2)
          --rate-limit N            requests per minute, each bucket; or BUCKET=N, may be repeated
          --api-key KEY             the sandbox key (sk_test_...); the default is a new one
          --help                    this text

        A file's name decides how it ends: fail-retryable, fail-permanent, slow; anything else completes.
        """;

    private readonly Dictionary<string, int> _limits = new(StringComparer.Ordinal);

    public SimulatorOptions Options { get; } = new();

    public bool IsHelp { get; private set; }

    /// <summary>What is wrong with the arguments; null when nothing is.</summary>
    public string? Problem { get; private set; }

    public static CommandLine Parse(string[] args)
    {
        CommandLine command = new();
        for (int i = 0; i < args.Length && command.Problem is null && !command.IsHelp; i += 2)
        {
            command.Take(args[i], i + 1 < args.Length ? args[i + 1] : null);
        }

        command.Options.RateLimits = command._limits.Count == 0 ? null : command._limits;
        return command;
    }

    private void Take(string name, string? value)
    {
        if (name is "--help" or "-h" or "-?" or "/?")
        {
            IsHelp = true;
            return;
        }

        bool taken = value is not null && name switch
        {
            "--port" => TakePort(value),
            "--processing-seconds" => TakeSeconds(value),
            "--rate-limit" => TakeLimit(value),
            "--api-key" => TakeKey(value),
            _ => false,
        };
        if (!taken)
        {
            Problem = $"Cannot use '{name}{(value is null ? string.Empty : " " + value)}'. --help lists the options.";
        }
    }

    private bool TakePort(string value)
    {
        bool valid = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= ushort.MaxValue;
        Options.Port = port;
        return valid;
    }

    private bool TakeSeconds(string value)
    {
        bool valid = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
        Options.ProcessingSeconds = seconds;
        return valid;
    }

    private bool TakeLimit(string value)
    {
        int equals = value.IndexOf('=');
        string bucket = equals < 0 ? "*" : value.Substring(0, equals);
        string number = value.Substring(equals + 1);
        bool valid = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit > 0;
        _limits[bucket] = limit;
        return valid;
    }

    private bool TakeKey(string value)
    {
        Options.ApiKey = value;
        return true;
    }
}
