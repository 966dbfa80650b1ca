using System;
using System.Management.Automation;
using MediaMagic.Sessions;

namespace MediaMagic.Parameters;

/// <summary>Takes a session's name where a session is wanted.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SessionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string name
            ? SessionStore.Find(name) ?? throw new MediaMagicException(Errors.LocalErrors.NotConnected(name))
            : inputData;
}
