using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using MediaMagic.Errors;

namespace MediaMagic.Parameters;

/// <summary>Offers the codes of the catalogue, of the system that was named if one was.</summary>
internal sealed class ErrorCodeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete?.Trim('\'', '"') ?? string.Empty;
        return ErrorCatalog.Find(fakeBoundParameters?["System"] as string)
            .Where(entry => entry.Code.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .GroupBy(static entry => entry.Code, StringComparer.OrdinalIgnoreCase)
            .OrderBy(static same => same.Key, StringComparer.OrdinalIgnoreCase)
            .Select(static same => new CompletionResult(same.Key, same.Key, CompletionResultType.ParameterValue, same.First().Meaning));
    }
}
