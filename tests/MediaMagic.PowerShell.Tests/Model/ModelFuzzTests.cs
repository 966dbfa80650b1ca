using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FsCheck;
using FsCheck.Fluent;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Http;
using MediaMagic.Json;
using Xunit;

namespace MediaMagic.Tests.Model;

/// <summary>Random answers: read, or refused as unreadable; never anything else.</summary>
public sealed class ModelFuzzTests
{
    private const int Runs = 4000;

    private static readonly string[] s_names =
    [
        "submissionId", "assetId", "status", "progressPercent", "createdAt", "assets", "issues", "topics", "orphanIssues", "precedents", "metadata",
        "issueCount", "isRetryable", "versionNumber", "severity", "eventTypes", "attempts", "items", "uploadUrl", "expiresAt", "secret", "x", "",
    ];

    private static readonly string[] s_atoms =
    [
        "null", "true", "false", "0", "-1", "40", "1e400", "2.5", "99999999999999999999", "\"\"", "\"complete\"", "\"2026-06-03T12:00:00.1234567Z\"",
        "\"40\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[null]",
    ];

    private static readonly Gen<string> s_vector = Gen.Elements(
        Vectors.Read("asset-200"), Vectors.Read("issue"), Vectors.Read("submission-status-200"), Vectors.Read("submission-created-201"),
        Vectors.Read("webhook-deliveries-200"), Vectors.Read("webhook-subscription-201"), Vectors.Read("upload-url-200"));

    [Fact]
    public void Random_trees() => Check(Gen.Choose(1, 4).SelectMany(Tree));

    [Fact]
    public void Documented_bodies_with_one_character_changed() => Check(
        s_vector.SelectMany(text => Gen.Choose(0, text.Length - 1).SelectMany(at => Gen.Elements("{}[],:\"0e\\n\u0001 x".ToCharArray())
            .Select(with => text[..at] + with + text[(at + 1)..]))));

    [Fact]
    public void Documented_bodies_cut_short() => Check(s_vector.SelectMany(text => Gen.Choose(0, text.Length).Select(at => text[..at])));

    private static Gen<string> Tree(int depth) => depth == 0
        ? Gen.Elements(s_atoms)
        : Gen.OneOf(
            Gen.Elements(s_atoms),
            Tree(depth - 1).ListOf(3).Select(items => $"[{string.Join(",", items)}]"),
            Gen.Zip(Gen.Elements(s_names).ListOf(6), Tree(depth - 1).ListOf(6))
                .Select(pair => "{" + string.Join(",", pair.Item1.Zip(pair.Item2, (name, value) => $"\"{name}\":{value}")) + "}"));

    private static void Check(Gen<string> bodies) => Property.Check(bodies, static body =>
    {
        ApiAnswer answer = new(200, [], System.Text.Encoding.UTF8.GetBytes(body));
        Try(answer, ModelJson.Default.Submission);
        Try(answer, ModelJson.Default.Asset);
        Try(answer, ModelJson.Default.TopicReport);
        Try(answer, ModelJson.Default.WebhookSubscription);
        Try(answer, ModelJson.Default.PresignedUpload);
        TryList(answer, ModelJson.Default.Issue);
        TryList(answer, ModelJson.Default.WebhookDelivery);
    }, Runs);

    private static void Try<T>(ApiAnswer answer, JsonTypeInfo<T> type)
        where T : class => Readable(() => JsonSerializer.Serialize(AnswerReader.Read(answer, type), type));

    private static void TryList<T>(ApiAnswer answer, JsonTypeInfo<T> type)
        where T : class => Readable(() => AnswerReader.ReadList(answer, type, "items").ForEach(item => JsonSerializer.Serialize(item, type)));

    private static void Readable(Action read)
    {
        try
        {
            read();
        }
        catch (UnreadableAnswerException)
        {
        }
    }
}
