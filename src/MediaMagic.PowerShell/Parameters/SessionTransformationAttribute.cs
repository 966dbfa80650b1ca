using System;
using System.Management.Automation;
using MediaMagic.Errors;
using MediaMagic.Sessions;

namespace MediaMagic.Parameters;

/// <summary>Takes a session's name where a session is wanted, and no null: it would mean the current session, which may be another one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SessionTransformationAttribute : ArgumentTransformationAttribute
{
    private const int MaxNameLength = 100;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => throw new ArgumentTransformationMetadataException(
                "The session is null. Is the variable spelled right, and did Connect-MMService have -PassThru? Leave -Session out to use the current session."),
            _ when SentError.IsCopy(inputData, typeof(MMSession)) => throw new ArgumentTransformationMetadataException(
                $"The session '{new ErrorScrubber(null).Line(inputData!.ToString(), MaxNameLength)}' is a copy from another process or a file, such as Start-Job or Export-Clixml makes, and has no connection. Use Connect-MMService in this process."),
            string name => SessionStore.Find(name) ?? throw new MediaMagicException(LocalErrors.NotConnected(name)),
            _ => inputData,
        };
}
