using System;
using System.Collections.Generic;

namespace MediaMagic.Simulator;

/// <summary>The errors of blob storage that the simulator answers, by their codes.</summary>
internal static class StorageErrors
{
    private static readonly Dictionary<string, (int Status, string Message)> s_errors = new(StringComparer.Ordinal)
    {
        ["InvalidInput"] = (400, "One of the request inputs is not valid."),
        ["MissingRequiredHeader"] = (400, "An HTTP header that's mandatory for this request is not specified."),
        ["InvalidHeaderValue"] = (400, "The value for one of the HTTP headers is not in the correct format."),
        ["InvalidQueryParameterValue"] = (400, "Value for one of the query parameters specified in the request URI is invalid."),
        ["InvalidBlobOrBlock"] = (400, "The specified blob or block content is invalid."),
        ["InvalidBlockList"] = (400, "The specified block list is invalid."),
        ["InvalidXmlDocument"] = (400, "XML specified is not syntactically valid."),
        ["BlockListTooLong"] = (400, "The block list may not contain more than 50,000 blocks."),
        ["BothCrc64AndMd5HeaderPresent"] = (400, "Both x-ms-content-crc64 header and Content-MD5 header are present."),
        ["InvalidMd5"] = (400, "The MD5 value specified in the request is invalid. The MD5 value must be 128 bits and base64-encoded."),
        ["Crc64Mismatch"] = (400, "The CRC64 value specified in the request did not match with the CRC64 value calculated by the server."),
        ["Md5Mismatch"] = (400, "The MD5 value specified in the request did not match with the MD5 value calculated by the server."),
        ["NoAuthenticationInformation"] = (401, "Server failed to authenticate the request. The URL is not signed."),
        ["AuthorizationPermissionMismatch"] = (403, "This request is not authorized to perform this operation using this permission."),
        ["ContainerNotFound"] = (404, "The specified container does not exist."),
        ["UnsupportedHttpVerb"] = (405, "The resource doesn't support the specified HTTP verb."),
        ["RequestTimeout"] = (408, "The request timed out."),
        ["BlobImmutableDueToPolicy"] = (409, "The blob cannot be changed."),
        ["MissingContentLengthHeader"] = (411, "The Content-Length header was not specified."),
        ["RequestBodyTooLarge"] = (413, "The request body is too large and exceeds the maximum permissible limit."),
        ["TooManyRequests"] = (429, "Too many requests."),
        ["InternalError"] = (500, "Server encountered an internal error. Please try again after some time."),
        ["ServerBusy"] = (503, "The server is busy."),
        ["OperationTimedOut"] = (504, "Operation could not be completed within the specified time."),
    };

    public static (int Status, string Message) Of(string code) => s_errors[code];
}
