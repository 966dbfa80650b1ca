using System;
using System.Management.Automation;
using MediaMagic.Sessions;

namespace MediaMagic.Parameters;

/// <summary>Takes a session's name where a session is wanted, and no null: it would mean the current session, which may be another one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SessionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => throw new ArgumentTransformationMetadataException(
                "The session is null. Is the variable spelled right, and did Connect-MMService have -PassThru? Leave -Session out to use the current session."),
            string name => SessionStore.Find(name) ?? throw new MediaMagicException(Errors.LocalErrors.NotConnected(name)),
            _ => inputData,
        };
}
