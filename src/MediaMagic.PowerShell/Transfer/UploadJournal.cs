using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Errors;

namespace MediaMagic.Transfer;

/// <summary>The file that an interrupted upload is taken up from. One process at a time uses it; it goes when the upload is done.</summary>
internal sealed class UploadJournal : IDisposable
{
    private const int CurrentVersion = 1;

    // The error codes of a file that another process has locked.
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TimeProvider _clock;
    private long _wanted;
    private long _saved;
    private bool _broken;

    private UploadJournal(string path, FileStream held, TimeProvider clock)
    {
        _path = path;
        _lock = held;
        _clock = clock;
    }

    /// <summary>Opens the journal of the upload; null while another process uploads the same.</summary>
    public static UploadJournal? Open(string folder, string owner, string fileName, FileIdentity file, TimeProvider clock)
    {
        try
        {
            string path = Path.Combine(PrivateFile.CreateFolder(folder).FullName, NameOf(owner, fileName, file.Path));
            return Hold(path + ".lock") is FileStream held ? new UploadJournal(path + ".json", held, clock) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new MediaMagicException(LocalErrors.FileInvalid(folder, "the state folder cannot be used: " + failure.Message), failure);
        }
    }

    /// <summary>What an earlier process left, if it is about this very file and readable.</summary>
    public JournalRecord? Read(FileIdentity file, string contentType)
    {
        try
        {
            JournalRecord? record = JsonSerializer.Deserialize(File.ReadAllBytes(_path), JournalJson.Default.JournalRecord);
            return record is not null && JournalRules.Fits(record, CurrentVersion, file, contentType, _clock.GetUtcNow()) ? record : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Saves what the function tells; many who ask at once are served by one write.</summary>
    public async Task SaveAsync(Func<JournalRecord> tell, CancellationToken stop)
    {
        long wanted = Interlocked.Increment(ref _wanted);
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_saved < wanted && !_broken)
            {
                long current = Interlocked.Read(ref _wanted);
                Write(tell());
                _saved = current;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The upload is worth more than the chance to take it up; what was saved before still holds true.
            _broken = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The upload is done, or starts over.</summary>
    public void Delete()
    {
        try
        {
            File.Delete(_path);
            File.Delete(Fresh);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next upload of the file finds that it does not fit, or that all is there.
        }
    }

    /// <summary>Returns a value indicating whether opening a file failed because another process has locked it.</summary>
    public static bool IsHeld(IOException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock;
    }

    public void Dispose()
    {
        _lock.Dispose();
        _gate.Dispose();
    }

    private string Fresh => _path + ".new";

    private static string NameOf(string owner, string fileName, string path)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(owner + "\n" + fileName + "\n" + path));
        Array.Resize(ref digest, 16);
        return "upload-" + Convert.ToHexString(digest);
    }

    private static FileStream? Hold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException failure) when (IsHeld(failure))
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (File.Exists(path))
        {
            return null;
        }
    }

    private void Write(JournalRecord record)
    {
        record.Version = CurrentVersion;
        record.SavedAt = _clock.GetUtcNow();

        // The name can be guessed: made anew, it is no link that somebody left there.
        File.Delete(Fresh);
        using (FileStream file = PrivateFile.Open(Fresh, FileMode.CreateNew))
        {
            JsonSerializer.Serialize(file, record, JournalJson.Default.JournalRecord);
        }

        File.Move(Fresh, _path, overwrite: true);
    }
}
