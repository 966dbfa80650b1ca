using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using MediaMagic.Client;
using Xunit;

namespace MediaMagic.Tests.Client;

public sealed class LogTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"mediamagic-{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void One_line_a_request_says_how_it_ended()
    {
        Answers answers = new Answers().Status(500).Status(200, """{"submissionId":"s1"}""")
            .Status(422, """{"detail":[{"loc":["body","assets"],"msg":"too few","type":"min"}]}""");
        using MediaMagicClient client = TestClient.With(answers, _clock, options => options.LogPath = _path);
        _clock.Run(() => client.Submissions.GetAsync("s1"));
        _clock.Fails(() => client.Submissions.CreateAsync(new NewSubmission("w/a")));

        JsonElement[] lines = [.. File.ReadAllLines(_path).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(2, lines.Length);
        Assert.Equal("info", lines[0].GetProperty("level").GetString());
        Assert.Equal("GET", lines[0].GetProperty("method").GetString());
        Assert.Equal("/api/integrations/submissions/s1", lines[0].GetProperty("path").GetString());
        Assert.Equal(200, lines[0].GetProperty("status").GetInt32());
        Assert.Equal(2, lines[0].GetProperty("attempts").GetInt32());
        Assert.InRange(lines[0].GetProperty("milliseconds").GetDouble(), 1000, 1300);
        Assert.Equal(_clock.Start, lines[0].GetProperty("time").GetDateTimeOffset());
        Assert.False(lines[0].TryGetProperty("code", out _));
        Assert.Equal("error", lines[1].GetProperty("level").GetString());
        Assert.Equal(ErrorCode.ValidationFailed, lines[1].GetProperty("code").GetString());
        Assert.Contains("assets", lines[1].GetProperty("fields")[0].GetProperty("field").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_sessions_share_a_file_without_losing_a_line()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(session => Task.Run(() =>
        {
            FakeClock clock = new();
            using MediaMagicClient client = TestClient.With(new Answers().Status(200, """{"submissionId":"s1"}"""), clock, options => options.LogPath = _path);
            for (int i = 0; i < 100; i++)
            {
                clock.Run(() => client.Submissions.GetAsync($"{session}-{i}"));
            }
        })));
        string[] lines = await File.ReadAllLinesAsync(_path);
        Assert.Equal(800, lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("path").GetString()).Distinct().Count());
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_refused_at_once() =>
        Assert.ThrowsAny<IOException>(() => TestClient.With(new Answers(), _clock, options => options.LogPath = "/no/such/folder/log.jsonl"));

    [Fact]
    public void The_history_keeps_the_last_two_hundred()
    {
        using MediaMagicClient client = TestClient.With(new Answers().Status(200, """{"submissionId":"s1"}"""), _clock);
        for (int i = 0; i < 250; i++)
        {
            _clock.Run(() => client.Submissions.GetAsync($"s{i}"));
        }

        RequestRecord[] history = client.History;
        Assert.Equal(200, history.Length);
        Assert.EndsWith("/s50", history[0].Path, StringComparison.Ordinal);
        Assert.EndsWith("/s249", history[199].Path, StringComparison.Ordinal);
        Assert.Equal(250, client.Requests);
        Assert.Equal(0, client.Retries);
    }
}
