using System;
using System.Collections.Generic;
using System.IO;
using System.Xml;

namespace MediaMagic.Errors;

/// <summary>Azure Blob Storage behind a presigned URL: XML, or only headers.</summary>
internal static class AzureBlobErrors
{
    private const string CodeHeader = "x-ms-error-code";

    // No document type and nothing fetched, so that a body can neither grow nor reach out while it is read.
    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Whether storage answered.</summary>
    public static bool Matches(ErrorAnswer answer) =>
        answer.Headers[CodeHeader] is not null || Xml(answer.Text).ContainsKey("Code");

    /// <summary>Reads headers and body.</summary>
    public static ErrorFacts Read(ErrorAnswer answer)
    {
        JsonMembers members = new(Xml(answer.Text));
        string? word = members.TakeText("Code") ?? answer.Headers[CodeHeader];
        string? text = members.TakeText("Message") ?? new JsonMembers(answer.Json).TakeText("error", "message");
        string? logged = Behind(text, "RequestId:");
        if (logged is not null)
        {
            // The message's further lines repeat the request's id and time.
            text = text!.Substring(0, text.IndexOf("RequestId:", StringComparison.Ordinal)).Trim();
        }

        return new ErrorFacts
        {
            System = ErrorSystem.AzureBlob,
            Code = CodeRules.Word(word) ?? StatusTable.CodeOf(ErrorSystem.AzureBlob, answer.Status),
            Detail = text,
            Message = text ?? string.Empty,
            RequestId = answer.Headers["x-ms-request-id"] ?? logged,
            AdditionalProperties = members.Rest,
        };
    }

    // The texts of the error's elements; of a body that breaks off, those that were whole.
    private static Dictionary<string, object?> Xml(string text)
    {
        Dictionary<string, object?> elements = new(StringComparer.Ordinal);
        if (!MarkupText.Matches(text))
        {
            return elements;
        }

        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text.TrimStart()), s_settings);
            if (reader.MoveToContent() == XmlNodeType.Element && reader.LocalName == "Error")
            {
                ReadElements(reader, elements);
            }
        }
        catch (XmlException)
        {
            return elements;
        }

        return elements;
    }

    private static void ReadElements(XmlReader reader, Dictionary<string, object?> elements)
    {
        string text = string.Empty;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.Depth == 1:
                    text = string.Empty;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when reader.Depth == 2:
                    text = reader.Value;
                    break;
                case XmlNodeType.EndElement when reader.Depth == 1 && text.Length > 0:
                    // Only now it is sure that nothing of the text is missing.
                    elements[reader.LocalName] = text;
                    break;
            }
        }
    }

    private static string? Behind(string? text, string mark)
    {
        int at = text?.IndexOf(mark, StringComparison.Ordinal) ?? -1;
        return at < 0 ? null : text!.Substring(at + mark.Length).Split('\n', 2)[0].Trim();
    }
}
