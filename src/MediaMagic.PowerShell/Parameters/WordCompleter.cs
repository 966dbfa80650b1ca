using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using MediaMagic.Errors;
using MediaMagic.Sessions;

namespace MediaMagic.Parameters;

/// <summary>Offers words that begin with what was typed; never throws, asks nobody.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            MMSession? session = Named(fakeBoundParameters?["Session"]) ?? SessionStore.Current() ?? SessionStore.Find(SessionStore.EnvironmentName);
            string typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
            return [.. Words(session)
                .Where(word => !string.IsNullOrEmpty(word) && SafeText.Harmless(word!) == word && word.IndexOfAny(['\r', '\n']) < 0 && word.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
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

    // The service chose the word, and whoever presses Tab and Enter runs it: what is not plainly one argument is quoted, by PowerShell's own
    // rules, to which typographic quotes are quotes, too.
    private static string Quoted(string word) =>
        word.All(IsPlain) && char.IsLetterOrDigit(word[0]) ? word : "'" + CodeGeneration.EscapeSingleQuotedStringContent(word) + "'";

    private static bool IsPlain(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_' or '-' or '/' or '+' or ':';
}
