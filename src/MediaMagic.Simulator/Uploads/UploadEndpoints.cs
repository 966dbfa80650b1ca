using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace MediaMagic.Simulator;

/// <summary>The endpoints under <c>/uploads</c>.</summary>
internal sealed class UploadEndpoints
{
    private readonly World _world;

    public UploadEndpoints(World world) => _world = world;

    public async Task<Reply> CreateUrlAsync(Exchange exchange, CancellationToken stop)
    {
        JsonElement body = await JsonBody.ReadAsync(exchange, stop).ConfigureAwait(false);
        FieldProblems problems = new();
        string? fileName = JsonFields.Text(body, "filename", "filename", problems, required: true, maxLength: 4096);
        string? contentType = JsonFields.Text(body, "contentType", "contentType", problems, required: true, maxLength: 255);
        problems.ThrowIfAny();
        FileNames.Require(fileName!);
        RequireType(contentType!);

        string blobPath = exchange.Workspace + "/" + fileName;
        _world.Blobs.GetOrAdd(blobPath).DeclaredType = contentType;
        Uri url = _world.UploadUrls.Sign(_world.BaseUri, blobPath, out DateTimeOffset expires);
        return Reply.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("uploadUrl", url.AbsoluteUri);
            json.WriteString("blobPath", blobPath);
            json.WriteString("expiresAt", JsonText.Date(expires));
            json.WriteEndObject();
        });
    }

    public async Task<Reply> UploadAsync(Exchange exchange, CancellationToken stop)
    {
        using DirectUpload upload = await DirectUpload.ReceiveAsync(exchange, _world.Blobs, stop).ConfigureAwait(false);
        FileNames.Require(upload.FileName);
        RequireType(upload.ContentType);
        if (!FileSignatures.Matches(upload.ContentType, upload.Part.Head))
        {
            throw new Refusal(415, "File content does not match the declared content type");
        }

        string blobPath = exchange.Workspace + "/" + upload.FileName;
        StoredBlob blob = _world.Blobs.GetOrAdd(blobPath);
        blob.DeclaredType = upload.ContentType;
        blob.Put(upload.Keep(), upload.ContentType, null);
        return Reply.Json(201, json =>
        {
            json.WriteStartObject();
            json.WriteString("blobPath", blobPath);
            json.WriteString("filename", upload.FileName);
            json.WriteString("contentType", upload.ContentType);
            json.WriteNumber("size", upload.Part.Length);
            json.WriteEndObject();
        });
    }

    private static void RequireType(string contentType)
    {
        if (!FileTypes.IsAllowed(contentType))
        {
            throw new Refusal(415, "Unsupported content type");
        }
    }
}
