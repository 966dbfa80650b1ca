using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MediaMagic.Errors;
using MediaMagic.Files;
using MediaMagic.Transfer;

namespace MediaMagic.Bulk;

/// <summary>Checks each file, and hashes those that the service would take.</summary>
internal sealed class CheckStage(BulkContext run, BoundedQueue<BulkFile> next)
{
    private static readonly FileChecker s_checker = new();

    public async Task HandleAsync(string path)
    {
        try
        {
            FileCheck check = s_checker.Check(path);
            if (!check.IsValid)
            {
                End(path, Invalid(check));
                return;
            }

            ContentDigest digest = ContentDigest.Of(path, run.Stop);
            run.Counts.Checked(digest.Identity.Length);
            string name = Path.GetFileName(digest.Identity.Path);
            BulkFile file = new(path, name, check.ContentType!, digest) { NameKey = run.Client.Transfer.PathIdentity.NameKeyOf(digest.Identity.Path, name) };
            await next.AddAsync(file, run.Stop).ConfigureAwait(false);
        }
        catch (MediaMagicException failure)
        {
            End(path, failure);
        }
    }

    private static MediaMagicException Invalid(FileCheck check) => new(check.Problems[0].Code == FileProblemCode.NotFound
        ? LocalErrors.FileNotFound(check.Path)
        : LocalErrors.FileInvalid(check.Path, string.Join("; ", check.Problems.Select(problem => problem.Message))));

    private void End(string path, MediaMagicException failure) =>
        run.End(new SubmitResult { Path = path, State = SubmitState.Invalid, Error = failure.Error.ToString() }, failure);
}
