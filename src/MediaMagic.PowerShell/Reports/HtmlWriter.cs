using System;
using System.Globalization;
using System.IO;

namespace MediaMagic.Reports;

/// <summary>Writes markup with values in it; whatever is put into the braces is encoded, so that forgetting to is not possible.</summary>
internal sealed class HtmlWriter(TextWriter target) : IFormatProvider, ICustomFormatter
{
    /// <summary>Writes the markup with its values encoded.</summary>
    public void Write(FormattableString markup)
    {
        target.Write(markup.ToString(this));
        target.Write('\n');
    }

    /// <summary>Writes text of ours as it is.</summary>
    public void WriteOurs(string text) => target.Write(text);

    /// <inheritdoc/>
    public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

    /// <inheritdoc/>
    public string Format(string? format, object? arg, IFormatProvider? formatProvider) =>
        HtmlText.Encode(arg is IFormattable value ? value.ToString(format, CultureInfo.InvariantCulture) : arg?.ToString());
}
