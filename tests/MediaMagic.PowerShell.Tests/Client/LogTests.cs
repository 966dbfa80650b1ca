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
    public void A_call_does_not_wait_for_a_file_that_is_held_and_the_next_call_writes_all_lines_when_it_is_free()
    {
        using MediaMagicClient client = TestClient.With(new Answers().Status(200, """{"submissionId":"s1"}"""), _clock, options => options.LogPath = _path);
        using (Hold())
        {
            for (int i = 0; i < 20; i++)
            {
                _clock.Run(() => client.Submissions.GetAsync($"s{i}"));
            }
        }

        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
        _clock.Run(() => client.Submissions.GetAsync("s20"));
        Assert.Equal(Enumerable.Range(0, 21).Select(i => $"/api/integrations/submissions/s{i}"), Paths());
    }

    [Fact]
    public void Lines_that_wait_for_a_file_are_written_without_another_call_when_it_is_free()
    {
        using MediaMagicClient client = TestClient.With(new Answers().Status(200, """{"submissionId":"s1"}"""), _clock, options => options.LogPath = _path);
        using (Hold())
        {
            _clock.Run(() => client.Submissions.GetAsync("s1"));
            _clock.Advance(10);
        }

        Assert.Empty(Paths());
        _clock.Advance(0.1);
        Assert.Single(Paths());
    }

    [Fact]
    public void What_waits_for_a_file_is_written_when_the_client_goes()
    {
        using (MediaMagicClient client = TestClient.With(new Answers().Status(200, """{"submissionId":"s1"}"""), _clock, options => options.LogPath = _path))
        {
            using (Hold())
            {
                _clock.Run(() => client.Submissions.GetAsync("s1"));
            }

            Assert.Empty(Paths());
        }

        Assert.Single(Paths());
    }

    [Fact]
    public void What_waits_has_a_bound_and_what_was_dropped_is_counted()
    {
        string id = new('x', 4000);
        using MediaMagicClient client = TestClient.With(new Answers().Status(200, """{"submissionId":"s1"}"""), _clock, options => options.LogPath = _path);
        using (Hold())
        {
            for (int i = 0; i < 300; i++)
            {
                _clock.Run(() => client.Submissions.GetAsync(id));
            }
        }

        _clock.Run(() => client.Submissions.GetAsync("s1"));
        string[] lines = File.ReadAllLines(_path);
        Assert.InRange(new FileInfo(_path).Length, 1_000_000, 1_100_000);
        JsonElement told = Assert.Single(lines.Select(line => JsonDocument.Parse(line).RootElement), line => line.GetProperty("level").GetString() == "warning");
        Assert.Contains($" {301 - (lines.Length - 1)} lines were dropped", told.GetProperty("detail").GetString(), StringComparison.Ordinal);
        _clock.Run(() => client.Submissions.GetAsync("s1"));
        Assert.Equal(lines.Length + 1, File.ReadAllLines(_path).Length);
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_refused_at_once()
    {
        MediaMagicException failure = Assert.Throws<MediaMagicException>(() => TestClient.With(new Answers(), _clock, options => options.LogPath = "/no/such/folder/log.jsonl"));
        Assert.Equal(ErrorCode.LogNotWritten, failure.Error.Code);
    }

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

    private FileStream Hold() => new(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    private string?[] Paths() => [.. File.ReadAllLines(_path).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("path").GetString())];
}
