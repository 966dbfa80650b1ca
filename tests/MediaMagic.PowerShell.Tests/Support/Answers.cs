using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Tests;

/// <summary>A service made of prepared answers, one for each attempt; the last one stays.</summary>
public sealed class Answers : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    /// <summary>What was asked: method, path and body of every attempt.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>When, on the clock given.</summary>
    public List<TimeSpan> Times { get; } = [];

    public FakeClock? Clock { get; init; }

    public Answers Status(int status, string body = "{}", params (string Name, string Value)[] headers) => Add(async (request, stop) =>
    {
        await Consume(request, stop);
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach ((string name, string value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    });

    /// <summary>The connection dies before anything is sent.</summary>
    public Answers NotSent() => Add((_, _) => throw new HttpRequestException("Connection refused"));

    /// <summary>The request is sent and the answer lost.</summary>
    public Answers Lost() => Add(async (request, stop) =>
    {
        await Consume(request, stop);
        throw new HttpRequestException("The response ended prematurely.", new IOException("Connection reset by peer"));
    });

    /// <summary>The request is sent and no answer ever comes.</summary>
    public Answers Silence() => Add(async (request, stop) =>
    {
        await Consume(request, stop);
        TaskCompletionSource<HttpResponseMessage> never = new();
        using CancellationTokenRegistration registration = stop.Register(() => never.TrySetCanceled(stop));
        return await never.Task;
    });

    public Answers Add(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Times.Add(Clock?.Elapsed ?? default);
        Asked.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        return (_answers.Count > 1 ? _answers.Dequeue() : _answers.Peek())(request, cancellationToken);
    }

    private async Task Consume(HttpRequestMessage request, CancellationToken stop)
    {
        if (request.Content is not null)
        {
            using MemoryStream body = new();
            await request.Content.CopyToAsync(body, stop);
            Asked[^1] += " " + Encoding.UTF8.GetString(body.ToArray());
        }
    }
}
