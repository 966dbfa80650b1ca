using System;
using System.Management.Automation;

namespace MediaMagic.Parameters;

/// <summary>Finds the module's error in a record, in exceptions around it, and in the copies of them that a job or CLIXML makes.</summary>
internal static class SentError
{
    // A file can contain a chain without an end.
    private const int MaxDepth = 64;

    /// <summary>Returns a value indicating whether this is the copy of an object of that type, from another process or a file.</summary>
    public static bool IsCopy(object? item, Type type) => item is PSObject copy && copy.TypeNames.Contains("Deserialized." + type.FullName);

    /// <summary>Returns the error of the module that the item holds; null if it holds none.</summary>
    /// <exception cref="ArgumentException">The item holds a copy that lost its details.</exception>
    public static ApiError? Find(object? item)
    {
        for (int i = 0; item is not null && i < MaxDepth; i++)
        {
            if (IsCopy(item, typeof(MediaMagicException)))
            {
                object? error = ErrorCopy.Member(item, nameof(MediaMagicException.Error));
                return IsCopy(error, typeof(ApiError)) ? ErrorCopy.Restore((PSObject)error!) : throw new ArgumentException(
                    $"The error '{ErrorCopy.Line(item, nameof(Exception.Message))}' is a copy that lost its details. A copy keeps them if the module is imported where it is made.");
            }

            object bare = item is PSObject wrapped ? wrapped.BaseObject : item;
            if (bare is MediaMagicException known)
            {
                return known.Error;
            }

            item = bare switch
            {
                ErrorRecord record => record.Exception,
                RemoteException { SerializedRemoteException: PSObject copy } => copy,

                // What -ErrorAction Stop throws has no inner exception.
                ActionPreferenceStopException { InnerException: null } stop => stop.ErrorRecord,
                Exception failure => failure.InnerException,
                PSCustomObject => ErrorCopy.Member(item, nameof(ErrorRecord.Exception))
                    ?? ErrorCopy.Member(item, nameof(RemoteException.SerializedRemoteException))
                    ?? ErrorCopy.Member(item, nameof(Exception.InnerException)),
                _ => null,
            };
        }

        return null;
    }
}
