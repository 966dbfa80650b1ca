using System.Collections.Generic;
using System.IO;
using System.Xml;

namespace MediaMagic.Simulator;

/// <summary>Reads the XML of Put Block List.</summary>
internal static class BlockListReader
{
    public const int MaxBlocks = 50_000;

    public static List<BlockReference> Read(byte[] body)
    {
        List<BlockReference> list = [];
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true };
        using XmlReader xml = XmlReader.Create(new MemoryStream(body), settings);
        xml.ReadStartElement("BlockList");
        while (xml.NodeType == XmlNodeType.Element)
        {
            string kind = xml.LocalName;
            string id = xml.ReadElementContentAsString().Trim();
            list.Add(kind switch
            {
                "Latest" => new BlockReference(id, true, true),
                "Uncommitted" => new BlockReference(id, true, false),
                "Committed" => new BlockReference(id, false, true),
                _ => throw new XmlException($"Unexpected element {kind}"),
            });
        }

        return list;
    }
}
