using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Files;
using MediaMagic.Parameters;

namespace MediaMagic.Commands.Files;

/// <summary>Tests whether files would be taken, without sending anything.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MMFile", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileCheck), typeof(bool))]
public sealed class TestFileCommand : PathCmdlet
{
    private static readonly FileChecker s_checker = new();

    /// <summary>The content type to upload as; without it the one of the file's name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ContentTypeCompleter))]
    public string? ContentType { get; set; }

    /// <summary>Returns only true or false for each file.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken stop)
    {
        foreach (string path in ResolvePaths())
        {
            stop.ThrowIfCancellationRequested();
            FileCheck check = s_checker.Check(path, ContentType);
            WriteObject(Quiet ? check.IsValid : check);
        }

        return Task.CompletedTask;
    }
}
