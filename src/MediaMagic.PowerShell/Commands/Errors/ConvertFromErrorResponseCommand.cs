using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using MediaMagic.Errors;
using MediaMagic.Parameters;

namespace MediaMagic.Commands;

/// <summary>Reads an error answer that another tool received, from any of the systems, as this module reads its own.</summary>
[Cmdlet(VerbsData.ConvertFrom, "MMErrorResponse")]
[OutputType(typeof(ApiError))]
public sealed class ConvertFromErrorResponseCommand : PSCmdlet
{
    /// <summary>The HTTP status of the answer.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(100, 999)]
    public int StatusCode { get; set; }

    /// <summary>The body of the answer, as text or as bytes.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Content", "RawBody")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Body { get; set; }

    /// <summary>The headers of the answer by name, each with one value or several.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Headers")]
    [HeaderTransformation]
    [AllowNull]
    public IDictionary? Header { get; set; }

    /// <summary>The system that answered; without it the system is recognised.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet(
        ErrorSystem.MediaMagic, ErrorSystem.Reten, ErrorSystem.Erynoa, ErrorSystem.AzureBlob, ErrorSystem.ProblemDetails, ErrorSystem.Unknown)]
    public string? System { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ErrorContext context = new() { System = System };
        object? body = Body is PSObject wrapped ? wrapped.BaseObject : Body;
        WriteObject(body is byte[] bytes
            ? ErrorReader.Read(StatusCode, Headers(), bytes, context)
            : ErrorReader.Read(StatusCode, Headers(), Text(body), context));
    }

    private static string? Text(object? body) => body switch
    {
        // The lines of a file, as Get-Content reads them.
        IEnumerable lines and not string => string.Join("\n", LanguagePrimitives.ConvertTo<string[]>(lines)),
        _ => LanguagePrimitives.ConvertTo<string>(body),
    };

    private List<KeyValuePair<string, string>> Headers()
    {
        List<KeyValuePair<string, string>> headers = [];
        foreach (DictionaryEntry header in Header ?? new Hashtable())
        {
            headers.Add(new(Convert(header.Key), Convert(header.Value)));
        }

        return headers;
    }

    private static string Convert(object? value) => value switch
    {
        PSObject wrapped => Convert(wrapped.BaseObject),
        IEnumerable values and not string => string.Join(", ", values.Cast<object?>().Select(Convert)),
        _ => LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty,
    };
}
