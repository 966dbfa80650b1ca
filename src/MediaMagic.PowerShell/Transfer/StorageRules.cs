using System;
using System.Text;
using System.Text.RegularExpressions;
using MediaMagic.Errors;
using MediaMagic.Http;

namespace MediaMagic.Transfer;

/// <summary>Reads an answer of storage.</summary>
internal static class StorageRules
{
    public static StorageVerdict Judge(ApiAnswer answer, bool ofBlocks)
    {
        string code = CodeOf(answer);
        return answer.Status switch
        {
            201 => StorageVerdict.Done,

            // Storage answers 201 and nothing else; a proxy or a login page may say 200 to anything.
            >= 200 and < 300 => StorageVerdict.Retry,
            >= 400 when StatusTable.Find(ErrorSystem.AzureBlob, answer.Status, null).IsRetryable => StorageVerdict.Retry,
            401 => StorageVerdict.Expired,
            403 when code is "AuthenticationFailed" or "AuthorizationFailure" or "InvalidAuthenticationInfo" => StorageVerdict.Expired,
            403 or 405 when ofBlocks => StorageVerdict.BlocksRefused,
            400 when code is "Crc64Mismatch" or "Md5Mismatch" => StorageVerdict.Mismatch,
            400 when code == "UnsupportedHeader" => StorageVerdict.Unchecked,
            400 when code == "InvalidBlockList" && ofBlocks => StorageVerdict.BlocksLost,

            // Blocks of an abandoned upload by another program, with ids of another length, stand in the way of ours.
            400 when code == "InvalidBlobOrBlock" && ofBlocks => StorageVerdict.BlocksRefused,
            _ => StorageVerdict.Failed,
        };
    }

    private static string CodeOf(ApiAnswer answer) =>
        answer.HeaderOf("x-ms-error-code") ?? Regex.Match(
            Encoding.UTF8.GetString(answer.Body.AsSpan()), "<Code>([A-Za-z0-9]+)</Code>", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
}
