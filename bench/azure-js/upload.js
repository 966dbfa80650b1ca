// Uploads a file to every address that is read from the input, and says "done" after each.
import { createInterface } from "node:readline";
import { BlockBlobClient } from "@azure/storage-blob";

const file = process.argv[2];
console.log("ready");
for await (const address of createInterface({ input: process.stdin })) {
  await new BlockBlobClient(address).uploadFile(file, { blobHTTPHeaders: { blobContentType: "video/mp4" } });
  console.log("done");
}
