using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;

namespace MediaMagic.Tests.Bulk;

/// <summary>Answers in the shapes of the contract, and one that is not the service's.</summary>
internal static class ContractAnswers
{
    /// <summary>Returns an answer with a JSON body.</summary>
    public static HttpResponseMessage Json(int status, JsonObject body) => new((HttpStatusCode)status)
    {
        Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
    };

    /// <summary>Returns an error of the service, in the shape that its status has.</summary>
    public static HttpResponseMessage Problem(int status, string detail) => Json(status, status switch
    {
        402 => new JsonObject { ["error_code"] = "tier_not_authorized_for_integrations_api", ["message"] = detail, ["bucket"] = "submission_write" },
        422 => new JsonObject { ["detail"] = detail, ["fields"] = new JsonArray(new JsonObject { ["field"] = "sidekickIds", ["message"] = "unknown" }) },
        _ => new JsonObject { ["detail"] = detail },
    });

    /// <summary>Returns a submission with its assets.</summary>
    public static HttpResponseMessage Submission(int status, string id, string state, IEnumerable<string> assets)
    {
        JsonArray list = [];
        foreach (string asset in assets)
        {
            list.Add(new JsonObject { ["assetId"] = asset, ["versionNumber"] = 1, ["status"] = state, ["isRetryable"] = false });
        }

        return Json(status, new JsonObject { ["submissionId"] = id, ["workflowId"] = "w-" + id, ["status"] = state, ["assets"] = list });
    }

    /// <summary>Returns the page of a gateway.</summary>
    public static HttpResponseMessage Page(int status) => new((HttpStatusCode)status)
    {
        Content = new StringContent($"<html><head><title>{status}</title></head><body><h1>The gateway says no.</h1></body></html>", Encoding.UTF8, "text/html"),
    };

    /// <summary>Loses the answer on its way.</summary>
    public static HttpResponseMessage Lost() => throw new HttpRequestException("The response ended prematurely.", new IOException("Connection reset by peer."));
}
