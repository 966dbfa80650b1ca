using System;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>One endpoint of the API: its method, path, bucket and handler.</summary>
internal sealed class Route
{
    private readonly string[] _template;

    public Route(string method, string template, string bucket, Func<Exchange, CancellationToken, Task<Reply>> handle)
    {
        Method = method;
        Bucket = bucket;
        Handle = handle;
        Name = $"{method} /{template}";
        _template = template.Split('/');
    }

    /// <summary>Its method and path, as faults name it.</summary>
    public string Name { get; }

    public string Method { get; }

    public string Bucket { get; }

    public Func<Exchange, CancellationToken, Task<Reply>> Handle { get; }

    public bool Matches(string[] segments)
    {
        if (segments.Length != _template.Length)
        {
            return false;
        }

        for (int i = 0; i < segments.Length; i++)
        {
            bool matches = _template[i].StartsWith('{') ? segments[i].Length > 0 : segments[i] == _template[i];
            if (!matches)
            {
                return false;
            }
        }

        return true;
    }
}
