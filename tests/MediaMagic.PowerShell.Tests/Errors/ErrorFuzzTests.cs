using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MediaMagic.Errors;
using Xunit;

namespace MediaMagic.Tests.Errors;

/// <summary>Random answers: never an exception, never a text without bound, never a secret.</summary>
public class ErrorFuzzTests
{
    private const string Rest = "0badc0de7e577e570badc0de7e577e570badc0de7e577e570badc0de7e577e57";
    private const string Key = "sk_live_" + Rest;

    private static readonly int s_count = Environment.GetEnvironmentVariable("MEDIAMAGIC_SOAK") == "1" ? 20_000 : 1000;

    private static readonly string[] s_vectors =
    [
        "domain-401", "domain-403", "domain-404", "domain-409-blobpath", "domain-409", "domain-413", "domain-415", "erynoa-422",
        "plan-gate-402", "rate-limit-429", "reten-400", "reten-401", "reten-403", "reten-409", "asset-200", "submission-status-200",
    ];

    private static readonly string[] s_names =
    [
        "detail", "docs_url", "error", "message", "fields", "error_code", "bucket", "statusCode", "code", "status", "request_id", "details",
        "field", "loc", "msg", "type", "title", "instance", "errors", "name", Key, "\u001b[31m", "",
    ];

    private static readonly string[] s_texts =
    [
        "Invalid API key", "not found", "in progress", Key, Rest, "sig=" + Rest, "\u001b[2J", "\u0000", "https://x.example/" + Key,
        "\ud83c\udfac", "'", "\"", "<b>", "&amp;", "%73k_live_" + Rest, "\\u0073k_live_" + Rest,
    ];

    private static readonly Gen<int> s_status = Gen.OneOf(
        Gen.Choose(-1, 1000), Gen.Elements(400, 401, 402, 403, 404, 409, 413, 415, 422, 429, 500, 502, 503));

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.Elements(s_texts),
        Gen.Elements(s_texts).ArrayOf(3).Select(static parts => string.Join(" ", parts)),
        Gen.Choose(0, 0xFFFF).Select(static c => (char)c).ArrayOf().Select(static chars => new string(chars)),
        Gen.Choose(1, 400).Select(static length => new string('y', length)));

    private static readonly Gen<byte[]> s_bytes = Gen.OneOf(
        Gen.Choose(0, 255).Select(static b => (byte)b).ArrayOf(),
        Gen.Elements("{}[]\":,\\u0abc<>/&;% \r\n\u001b".ToCharArray()).ArrayOf()
            .Select(static chars => Encoding.UTF8.GetBytes(new string(chars))));

    [Fact]
    public void Random_bytes() => Run(s_bytes, s_count);

    [Fact]
    public void Random_trees_in_the_shapes() =>
        Run(Gen.Choose(1, 5).SelectMany(Tree).Select(static tree => JsonSerializer.SerializeToUtf8Bytes(tree)), s_count);

    [Fact]
    public void Changed_vectors() => Run(Changed(), s_count);

    [Fact]
    public void Every_vector_cut_at_each_byte_with_a_key_in_front()
    {
        foreach (string vector in s_vectors)
        {
            byte[] body = Encoding.UTF8.GetBytes(Vectors.Read(vector).Replace("\": \"", "\": \"" + Key + " "));
            for (int length = 0; length <= body.Length; length++)
            {
                Check(409, body[..length], ApiEndpoint.Other);
            }
        }
    }

    // A tree of values under names that mean something.
    private static Gen<object?> Tree(int size)
    {
        Gen<object?> leaf = Gen.OneOf(
            s_text.Select(static text => (object?)text),
            Gen.Choose(int.MinValue, int.MaxValue).Select(static number => (object?)number),
            Gen.Elements<object?>(null, true, false, 1.5e300, 12345678901234567890m));
        if (size <= 0)
        {
            return leaf;
        }

        Gen<object?> inner = Tree(size / 2);
        Gen<object?> map = Gen.Zip(Gen.Elements(s_names), inner).ArrayOf(4).Select(static members =>
            (object?)members.DistinctBy(static member => member.Item1).ToDictionary(static member => member.Item1, static member => member.Item2));
        return Gen.OneOf(map, map, map, inner.ArrayOf(3).Select(static items => (object?)items), leaf);
    }

    private static Gen<byte[]> Changed()
    {
        Gen<(int At, int Kind, byte Value)> change =
            from at in Gen.Choose(0, 2000)
            from kind in Gen.Choose(0, 4)
            from value in Gen.Choose(0, 255)
            select (at, kind, (byte)value);
        return from vector in Gen.Elements(s_vectors)
               from changes in change.ArrayOf(5)
               select Change(Vectors.Read(vector), changes);
    }

    private static byte[] Change(string vector, (int At, int Kind, byte Value)[] changes)
    {
        List<byte> body = [.. Encoding.UTF8.GetBytes(vector)];
        foreach ((int where, int kind, byte value) in changes)
        {
            int at = where % body.Count;
            switch (kind)
            {
                case 0:
                    body[at] = value;
                    break;
                case 1:
                    body.Insert(at, value);
                    break;
                case 2 when body.Count > 1:
                    body.RemoveAt(at);
                    break;
                case 3:
                    body.InsertRange(at, Encoding.UTF8.GetBytes(" " + Key + " "));
                    break;
                default:
                    body.InsertRange(at, body.Take(value).ToArray());
                    break;
            }
        }

        return [.. body];
    }

    private static void Run(Gen<byte[]> bodies, int count)
    {
        ApiEndpoint[] endpoints = Enum.GetValues<ApiEndpoint>();
        Gen<(int Status, byte[] Body, ApiEndpoint Endpoint)> answers =
            from status in s_status
            from body in bodies
            from endpoint in Gen.Elements(endpoints)
            select (status, body, endpoint);
        Property.Check(answers, answer => Check(answer.Status, answer.Body, answer.Endpoint), count);
    }

    private static void Check(int status, byte[] body, ApiEndpoint endpoint)
    {
        Redactor redactor = new();
        redactor.Add(Key);
        foreach (string? system in (string?[])[null, ErrorSystem.Reten, ErrorSystem.Erynoa, ErrorSystem.AzureBlob])
        {
            ErrorContext context = new() { System = system, Endpoint = endpoint, Redactor = redactor };
            ApiError error = Answers.Read(status, body, context, ("X-Request-ID", Key));
            Assert.Equal(status, error.StatusCode);
            Assert.Matches("^[A-Za-z0-9_.-]{1,64}$", error.Code);
            Assert.NotEmpty(error.Message);
            Assert.NotEmpty(error.RecommendedAction!);
            Canary.AssertAbsent(Rest, error);
            string?[] lines = [error.Message, error.Detail, error.RequestId, error.DocsUrl, .. error.Fields.Select(static field => field.ToString())];
            Assert.All(lines, static line => Assert.True(line is null || (line.Length <= 8010 && !line.Any(char.IsControl))));
            Assert.All(Canary.Texts(error, 0), static text => Assert.InRange(text.Length, 0, 64 * 1024));
        }
    }
}
