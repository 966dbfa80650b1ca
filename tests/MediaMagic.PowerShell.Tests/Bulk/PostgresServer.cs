using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace MediaMagic.Tests.Bulk;

/// <summary>A PostgreSQL of one's own on a free loopback port, begun when it is first needed. As root it runs as the user that its package made.</summary>
public sealed class PostgresServer : IDisposable
{
    public const string User = "mm";
    public const string Password = "pg-canary-4711";

    private const int MaxStarts = 5;
    private static readonly string? s_bin = FindBin();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "mm-pg-" + Guid.NewGuid().ToString("N")[..8]);
    private int _databases;
    private int _port;

    /// <summary>Whether there is a PostgreSQL to start.</summary>
    public static bool IsInstalled => s_bin is not null;

    private string Data => Path.Combine(_folder, "data");

    private string Log => Path.Combine(_folder, "log");

    /// <summary>The address of a new empty database.</summary>
    public string NewDatabase()
    {
        if (_port == 0)
        {
            Create();
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"run{Interlocked.Increment(ref _databases)}");
        Run("psql", "-h", "127.0.0.1", "-p", PortText, "-U", User, "-d", "postgres", "-q", "-c", $"create database {name}");
        return $"postgres://{User}:{Password}@127.0.0.1:{PortText}/{name}";
    }

    /// <summary>Runs a statement in a database of this server.</summary>
    public string Query(string address, string sql) =>
        Run("psql", "-h", "127.0.0.1", "-p", PortText, "-U", User, "-d", new Uri(address).AbsolutePath.Trim('/'), "-A", "-t", "-c", sql);

    /// <summary>Stops the server as a crash would.</summary>
    public void Stop() => Run("pg_ctl", "-D", Data, "-m", "immediate", "-t", "600", "-w", "stop");

    /// <summary>Starts it on the port that it had.</summary>
    public void Start() => Run("pg_ctl", "-D", Data, "-t", "600", "-w", "-l", Log, "-o", $"-p {PortText} -h 127.0.0.1 -k {_folder} -F", "start");

    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            Stop();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string PortText => _port.ToString(CultureInfo.InvariantCulture);

    private static string? FindBin()
    {
        string[] folders = Directory.Exists("/usr/lib/postgresql")
            ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(path => int.TryParse(Path.GetFileName(path), out int version) ? version : 0).Select(path => Path.Combine(path, "bin"))]
            : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private void Create()
    {
        Directory.CreateDirectory(_folder);
        string password = Path.Combine(_folder, "password");
        File.WriteAllText(password, Password);
        if (Environment.UserName == "root")
        {
            Process.Start("chown", ["-R", "postgres", _folder]).WaitForExit();
        }

        Run("initdb", "-D", Data, "-U", User, "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--locale=C.UTF-8", "-N");
        for (int attempt = 1; ; attempt++)
        {
            // The system gives these ports to no outgoing connection, but another program may be listening on this one.
            _port = Random.Shared.Next(12000, 18000);
            File.Delete(Log);
            try
            {
                Start();
                return;
            }
            catch (InvalidOperationException) when (attempt < MaxStarts && File.ReadAllText(Log).Contains("could not bind", StringComparison.Ordinal))
            {
                // The next port may be free.
            }
        }
    }

    private string Run(string tool, params string[] arguments)
    {
        string program = Path.Combine(s_bin ?? throw new InvalidOperationException("PostgreSQL is not installed."), tool);
        bool root = Environment.UserName == "root";
        ProcessStartInfo info = root
            ? new("setpriv", ["--reuid", "postgres", "--regid", "postgres", "--clear-groups", program, .. arguments])
            : new(program, arguments);
        info.WorkingDirectory = _folder;
        info.RedirectStandardError = true;
        info.RedirectStandardOutput = true;
        info.Environment["PGPASSWORD"] = Password;

        // The server that pg_ctl starts keeps what it inherits, so that only its own end would end these streams.
        bool starts = arguments[^1] == "start";
        info.RedirectStandardError = info.RedirectStandardOutput = !starts;
        using Process process = Process.Start(info)!;
        string output = starts ? string.Empty : process.StandardOutput.ReadToEnd();
        string errors = starts ? string.Empty : process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{tool} ended with {process.ExitCode}. {errors}{output}");
    }
}
