using System.Collections.Generic;
using MediaMagic.Files;

namespace MediaMagic.Parameters;

/// <summary>Offers the content types that the service takes.</summary>
public sealed class ContentTypeCompleter : WordCompleter
{
    private protected override IEnumerable<string?> Words(MMSession? session) => FileTypes.ContentTypes;
}
