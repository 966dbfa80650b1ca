using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Http;
using MediaMagic.Json;
using Xunit;

namespace MediaMagic.Tests.Fuzz;

/// <summary>The reader of successful answers on documented ones gone wrong, as every type, alone and in lists of every form.</summary>
public sealed class WrongAnswersTests
{
    private static readonly string[] s_bodies =
    [
        .. new[]
        {
            "asset-200", "issue", "submission-status-200", "submission-created-201", "webhook-deliveries-200", "webhook-subscription-201", "upload-url-200", "sandbox-fired-200",
        }.Select(Vectors.Read),
        "{\"assetId\":\"a\",\"topics\":[{\"id\":\"t\",\"title\":\"x\",\"issues\":[{\"id\":\"i\"}]}],\"orphanIssues\":[null,{}],\"metadata\":{\"a\":[1]}}",
        "{\"versions\":[{\"submissionId\":\"s\",\"versionNumber\":\"2\",\"createdAt\":1700000000}]}",
        "{\"blobPath\":\"w/a.mp4\",\"size\":12}",
    ];

    private static readonly string[] s_words =
    [
        "null", "true", "{}", "[]", "[[", "{\"a\":", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "1e999", "-0", "1E-400", "99999999999999999999", "\"NaN\"", "\"9999-12-31T23:59:59-14:00\"",
        "\"0001-01-01T00:00:00+14:00\"", "253402300800", "-62135596801", ",", ":", "//x\n", "/*", "\ufeff", "\"assets\":", "\"status\":", "\"createdAt\":",
    ];

    [Fact]
    public void Answers_gone_wrong_are_read_or_refused_as_invalid() => Turns.Run(150, static random =>
    {
        string text = Mutation.Of(random, random.Of(s_bodies), random.Of(s_bodies), s_words);
        text = random.Next(4) switch
        {
            0 => $"[{text},{text}]",
            1 => $"{{\"{random.Of("items", "data", "attempts", "x")}\":[{text}],\"total\":1}}",
            _ => text,
        };
        byte[] body = random.Of(Encoding.UTF8, Encoding.Latin1).GetBytes(text);
        ApiAnswer answer = new(200, [], body);
        Try(answer, ModelJson.Default.Submission);
        Try(answer, ModelJson.Default.Asset);
        Try(answer, ModelJson.Default.TopicReport);
        Try(answer, ModelJson.Default.WebhookSubscription);
        Try(answer, ModelJson.Default.PresignedUpload);
        Try(answer, ModelJson.Default.DirectUpload);
        Try(answer, ModelJson.Default.SandboxEventResult);
        TryList(answer, ModelJson.Default.Issue);
        TryList(answer, ModelJson.Default.SubmissionVersion);
        TryList(answer, ModelJson.Default.WebhookDelivery);
        TryList(answer, ModelJson.Default.WebhookSubscription);
    });

    private static void Try<T>(ApiAnswer answer, JsonTypeInfo<T> type)
        where T : class => Readable(() => Use(AnswerReader.Read(answer, type), type));

    private static void TryList<T>(ApiAnswer answer, JsonTypeInfo<T> type)
        where T : class => Readable(() => AnswerReader.ReadList(answer, type, "items", "data", "attempts").ForEach(item => Use(item, type)));

    // What was read can be written, named and listed.
    private static void Use<T>(T item, JsonTypeInfo<T> type)
        where T : class
    {
        Assert.NotEmpty(JsonSerializer.Serialize(item, type));
        Assert.NotNull(item.ToString());
        Assert.All(typeof(T).GetProperties().Select(property => property.GetValue(item)).OfType<Array>(), static list => Assert.DoesNotContain(null, list.Cast<object?>()));
    }

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
