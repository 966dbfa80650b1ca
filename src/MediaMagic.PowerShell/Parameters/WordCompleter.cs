using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using MediaMagic.Sessions;

namespace MediaMagic.Parameters;

/// <summary>Offers words that begin with what was typed; never throws, asks nobody.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    private const string Special = " '\"`$(){}[];,|&<>@#%";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            MMSession? session = Named(fakeBoundParameters?["Session"]) ?? SessionStore.Current() ?? SessionStore.Find(SessionStore.EnvironmentName);
            string typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
            return [.. Words(session)
                .Where(word => !string.IsNullOrEmpty(word) && word!.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Distinct(StringComparer.Ordinal)
                .Select(word => new CompletionResult(Quoted(word!), word, CompletionResultType.ParameterValue, word))];
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return [];
        }
    }

    private protected abstract IEnumerable<string?> Words(MMSession? session);

    private static MMSession? Named(object? session) => session is string name ? SessionStore.Find(name) : session as MMSession;

    private static string Quoted(string word) => !word.Any(c => Special.Contains(c)) ? word : "'" + word.Replace("'", "''") + "'";
}
