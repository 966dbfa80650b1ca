using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Security;

namespace MediaMagic.Parameters;

/// <summary>Takes plain text where a secure string is wanted, one or several.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return input switch
        {
            string text => Secure(text),

            // PowerShell would name the text that it could not convert.
            IEnumerable several and not IDictionary => several.Cast<object>().Select(item => Transform(engineIntrinsics, item)).ToArray(),
            _ => input,
        };
    }

    private static SecureString Secure(string text)
    {
        SecureString secure = new();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }

        secure.MakeReadOnly();
        return secure;
    }
}
