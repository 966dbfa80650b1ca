using System.Collections.Generic;
using System.Linq;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>The shapes of bodies, well and badly made.</summary>
public class ErrorShapeTests
{
    [Theory]
    [InlineData("""{"detail":"Validation failed","fields":[{"field":"endpointUrl","message":"must be https","code":"url_scheme"}]}""")]
    [InlineData("""{"message":"Validation failed","fields":[{"name":"endpointUrl","msg":"must be https","type":"url_scheme"}]}""")]
    [InlineData("""{"error":"Validation failed","fields":[{"path":"endpointUrl","detail":"must be https","code":"url_scheme"}]}""")]
    [InlineData("""{"error":{"message":"Validation failed","fields":[{"loc":["endpointUrl"],"msg":"must be https","type":"url_scheme"}]}}""")]
    [InlineData("""{"detail":{"message":"Validation failed","fields":[{"path":["endpointUrl"],"msg":"must be https","type":"url_scheme"}]}}""")]
    public void Validation_envelope(string body)
    {
        ApiError error = Answers.Read(422, body);
        Assert.Equal((ErrorSystem.MediaMagic, "ValidationFailed", "Validation failed"), (error.System, error.Code, error.Detail));
        FieldError field = Assert.Single(error.Fields);
        Assert.Equal(("endpointUrl", "must be https", "url_scheme"), (field.Field, field.Message, field.Code));
    }

    [Fact]
    public void Stock_validation_array_of_FastAPI()
    {
        ApiError error = Answers.Read(422, """
            {"detail":[{"loc":["body","assets",0,"blobPath"],"msg":"field required","type":"value_error.missing"},
                       {"loc":["query","limit"],"msg":"too large","type":"value_error"}]}
            """);
        Assert.Equal(ErrorSystem.MediaMagic, error.System);
        Assert.Equal(["body.assets.0.blobPath", "query.limit"], error.Fields.Select(static field => field.Field));
        Assert.Equal("value_error.missing", error.Fields[0].Code);
        Assert.Equal("body.assets.0.blobPath: field required; query.limit: too large", error.Detail);
        Assert.Empty(error.AdditionalProperties);
    }

    [Fact]
    public void Fields_as_texts_and_as_an_object()
    {
        FieldError[] fields = Answers.Read(422, """{"fields":["a is wrong",7,null,{},[]]}""").Fields;
        Assert.Equal(["a is wrong", "7"], fields.Select(static field => field.Message));
        fields = Answers.Read(422, """{"fields":{"name":["short","odd"],"age":"negative"}}""").Fields;
        Assert.Equal(["name: short", "name: odd", "age: negative"], fields.Select(static field => field.ToString()));
    }

    [Fact]
    public void Summary_of_many_fields_is_short()
    {
        ApiError error = Answers.Read(422, "{\"fields\":[" + string.Join(",", Enumerable.Repeat("\"wrong\"", 5000)) + "]}");
        Assert.Equal("wrong; wrong; wrong; and 197 more", error.Detail);
        Assert.Equal(200, error.Fields.Length);
    }

    [Fact]
    public void Message_of_Reten_may_be_an_array()
    {
        ApiError error = Answers.Read(400, """{"statusCode":400,"error":"Bad Request","message":["a must be text","b should not be empty"]}""");
        Assert.Equal((ErrorSystem.Reten, "BadRequest"), (error.System, error.Code));
        Assert.Equal("a must be text; b should not be empty", error.Detail);
        Assert.Equal(["a must be text", "b should not be empty"], error.Fields.Select(static field => field.Message));
    }

    [Theory]
    [InlineData("Internal Server Error", "InternalServerError")]
    [InlineData("Too Many Requests", "TooManyRequests")]
    public void Code_of_Reten_is_its_word(string word, string code) =>
        Assert.Equal(code, Answers.Read(500, $$"""{"statusCode":500,"error":"{{word}}","message":"x"}""").Code);

    [Theory]
    [InlineData("""{"error":{"code":"resource_conflict","message":"m"}}""", "X-Request-ID", "req_9", "req_9")]
    [InlineData("""{"error":{"code":"resource_conflict","message":"m","request_id":null}}""", "x-request-id", "req_9", "req_9")]
    [InlineData("""{"error":{"code":"resource_conflict","message":"m","request_id":"req_1"}}""", "x-request-id", "req_9", "req_1")]
    [InlineData("""{"error":{"code":"resource_conflict","message":"m"}}""", "other", "req_9", null)]
    public void Request_id_of_Erynoa(string body, string header, string value, string? expected)
    {
        ApiError error = Answers.Read(409, body, null, (header, value));
        Assert.Equal(expected, error.RequestId);
        Assert.False(error.Retryable);
    }

    [Fact]
    public void Unknown_code_gets_advice_by_status()
    {
        ApiError error = Answers.Read(403, """{"error":{"code":"brand_new","message":"m","status":403,"hint":{"a":[1,2.5,true,null,"x"]}}}""");
        Assert.Equal("brand_new", error.Code);
        Assert.Equal("PermissionDenied", ErrorCatalog.CategoryOf(error));
        Assert.Equal("Use a key with the permission for it.", error.RecommendedAction);
        Dictionary<string, object?> hint = Assert.IsType<Dictionary<string, object?>>(error.AdditionalProperties["hint"]);
        Assert.Equal([1L, 2.5, true, null, "x"], Assert.IsType<object?[]>(hint["a"]));
    }

    [Fact]
    public void Problem_details()
    {
        ApiError error = Answers.Read(403, """
            {"type":"https://example.com/probs/out-of-credit","title":"You do not have enough credit.","status":403,
             "detail":"Your balance is 30.","instance":"/account/12345/msgs/abc","balance":30}
            """, null, ("Content-Type", "application/problem+json"));
        Assert.Equal((ErrorSystem.ProblemDetails, "Forbidden", "Your balance is 30."), (error.System, error.Code, error.Detail));
        Assert.Equal("https://example.com/probs/out-of-credit", error.DocsUrl);
        Assert.Equal(["balance", "instance", "title"], error.AdditionalProperties.Keys.Order());
        Assert.Equal(30L, error.AdditionalProperties["balance"]);
    }

    [Fact]
    public void Problem_details_by_members_alone()
    {
        ApiError error = Answers.Read(400, """{"title":"One or more errors","status":400,"errors":{"Name":["required"]},"traceId":"00-1"}""");
        Assert.Equal((ErrorSystem.ProblemDetails, "One or more errors", "00-1"), (error.System, error.Detail, error.RequestId));
        Assert.Equal("Name: required", Assert.Single(error.Fields).ToString());
    }

    [Fact]
    public void Gateway()
    {
        ApiError error = Answers.Read(429, """{"statusCode": 429, "message": "Rate limit is exceeded."}""", null, ("Retry-After", "7"));
        Assert.Equal((ErrorSystem.Unknown, "RateLimited", true), (error.System, error.Code, error.Retryable));
        Assert.Equal("Rate limit is exceeded.", error.Detail);
        Assert.Equal(7, error.RetryAfter!.Value.TotalSeconds);
        Assert.Empty(error.AdditionalProperties);
    }

    [Theory]
    [InlineData("""{"detail":42}""", "42")]
    [InlineData("""{"detail":true}""", "true")]
    [InlineData("""{"detail":null}""", """{"detail":null}""")]
    [InlineData("""{"detail":{}}""", """{"detail":{}}""")]
    [InlineData("""{"detail":{"message":"inside"}}""", "inside")]
    [InlineData("""{"detail":[]}""", """{"detail":[]}""")]
    [InlineData("""{"detail":[[[]]]}""", """{"detail":[[[]]]}""")]
    [InlineData("""{"detail":["a","b"]}""", "a; b")]
    [InlineData("""{"error":17}""", "17")]
    [InlineData("""{"error":{"code":7,"message":[]}}""", """{"error":{"code":7,"message":[]}}""")]
    [InlineData("""{"statusCode":"x","error":"Bad Request","message":{"a":1}}""", "a: 1")]
    [InlineData("""{"statusCode":"x","error":"Bad Request","message":null}""", """{"statusCode":"x","error":"Bad Request","message":null}""")]
    [InlineData("""{"fields":"all"}""", """{"fields":"all"}""")]
    [InlineData("[1,2]", "[1,2]")]
    [InlineData("\"just text\"", "just text")]
    [InlineData("17", "17")]
    [InlineData("null", "null")]
    [InlineData("""{"detail":"\ud800 lone","x\udc00":1}""", "\uFFFD")]
    public void Wrong_types(string body, string detail)
    {
        ApiError error = Answers.Read(400, body);
        Assert.Equal(400, error.StatusCode);
        Assert.Equal(detail, error.Detail);
    }

    [Fact]
    public void Unknown_members_are_kept_and_known_ones_are_not_repeated()
    {
        ApiError error = Answers.Read(400, """{"detail":"d","docs_url":"https://x.example/","request_id":"r","extra":{"deep":[{"a":"b"}]},"message":"m"}""");
        Assert.Equal(["extra", "message"], error.AdditionalProperties.Keys.Order());
        Assert.Equal("r", error.RequestId);
    }

    [Fact]
    public void A_system_that_nobody_knows_is_recognised_instead() =>
        Assert.Equal(ErrorSystem.Reten, Answers.Read(401, Vectors.Read("reten-401"), new ErrorContext { System = "auto" }).System);

    [Fact]
    public void A_member_that_is_a_secret_by_its_name_is_masked()
    {
        ApiError error = Answers.Read(400, """{"detail":"d","echo":{"X-Api-Key":"plain","sig":["a"],"other":"o"}}""");
        Dictionary<string, object?> echo = Assert.IsType<Dictionary<string, object?>>(error.AdditionalProperties["echo"]);
        Assert.Equal(("***", "***", "o"), (echo["X-Api-Key"], echo["sig"], echo["other"]));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("calc.exe")]
    public void Only_web_links_become_links(string link)
    {
        ApiError error = Answers.Read(400, $$"""{"detail":"d","docs_url":"{{link}}"}""");
        Assert.Null(error.DocsUrl);
        Assert.Equal(link, error.AdditionalProperties["docs_url"]);
    }
}
