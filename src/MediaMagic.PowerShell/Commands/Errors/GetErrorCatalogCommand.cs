using System;
using System.Linq;
using System.Management.Automation;
using MediaMagic.Errors;
using MediaMagic.Parameters;

namespace MediaMagic.Commands;

/// <summary>Gets what each known error means and what to do about it, without asking any service.</summary>
[Cmdlet(VerbsCommon.Get, "MMErrorCatalog")]
[OutputType(typeof(ErrorCatalogEntry))]
public sealed class GetErrorCatalogCommand : PSCmdlet
{
    /// <summary>The codes to explain; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ErrorCodeCompleter))]
    public string[] Code { get; set; } = ["*"];

    /// <summary>The systems whose errors to explain; an unknown one is looked up as MediaMagic, in whose place it answers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet(
        ErrorSystem.MediaMagic, ErrorSystem.Reten, ErrorSystem.Erynoa, ErrorSystem.AzureBlob, ErrorSystem.ProblemDetails, ErrorSystem.Unknown)]
    public string[]? System { get; set; }

    /// <summary>The HTTP statuses to explain.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    public int[]? StatusCode { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string[]? systems = System?.Select(KnownSystem).ToArray();
        WildcardPattern[] codes = [.. Code.Select(static code => WildcardPattern.Get(code, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant))];
        WriteObject(
            ErrorCatalog.Find()
                .Where(entry => systems?.Contains(entry.System, StringComparer.OrdinalIgnoreCase) ?? true)
                .Where(entry => StatusCode?.Any(status => status == entry.StatusCode) ?? true)
                .Where(entry => codes.Any(code => code.IsMatch(entry.Code))),
            enumerateCollection: true);
    }

    private static string KnownSystem(string system) =>
        string.Equals(system, ErrorSystem.ProblemDetails, StringComparison.OrdinalIgnoreCase)
        || string.Equals(system, ErrorSystem.Unknown, StringComparison.OrdinalIgnoreCase)
            ? ErrorSystem.MediaMagic
            : system;
}
