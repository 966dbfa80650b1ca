using System;
using MediaMagic;
using MediaMagic.Client;
using MediaMagic.Transfer;

// UploadAgent <base address> <key> <file> <state folder>
using MediaMagicClient client = new(args[1], new MediaMagicClientOptions { BaseUri = new Uri(args[0]) });
Upload upload = await client.Files.UploadAsync(new UploadRequest { Path = args[2], ContentType = "video/mp4", StateFolder = args[3] });
Console.WriteLine(upload.BlobPath);
