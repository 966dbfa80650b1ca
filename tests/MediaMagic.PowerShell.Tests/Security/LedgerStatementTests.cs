using System;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using MediaMagic.Bulk;
using MediaMagic.Errors;
using MediaMagic.Tests.Files;
using MediaMagic.Transfer;
using Xunit;

namespace MediaMagic.Tests.Security;

/// <summary>Whatever a file or the service is called, a ledger's statements stay what they are.</summary>
public sealed class LedgerStatementTests : IDisposable
{
    private const string Mark = ErrorCode.ServerError + ": ";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_value_is_written_into_a_statement()
    {
        LedgerStatement[] statements = [.. typeof(LedgerSql).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(static property => property.GetValue(null)).OfType<LedgerStatement>()];
        Assert.True(statements.Length > 10);
        Assert.All(statements, static statement =>
        {
            string[] used = [.. Regex.Matches(statement.Sql, @"@(\w+)").Select(static match => match.Groups[1].Value).Distinct().Order()];
            Assert.Equal(used, statement.Names.Distinct().Order());
        });
    }

    [Fact]
    public async Task Hostile_words_are_stored_as_words()
    {
        string path = _folder.At("ledger.db");
        string[] words = ["'; drop table mediamagic_assets; --", "\" or 1=1 --", "@hash", "{now}", "%", "a\0b", "\u001b[31m"];
        using (RunLedger ledger = await RunLedger.OpenAsync(LedgerDialect.Of(LedgerAddress.Parse(path)), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5), TimeProvider.System, null, default))
        {
            ledger.Use(words[0]);
            foreach (string word in words)
            {
                string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(word)));
                BulkFile file = new("/data/" + word, word, "text/plain", new ContentDigest(hash, new FileIdentity("/data/" + word, 1, DateTime.UnixEpoch), []));
                Assert.True((await ledger.ClaimAsync(file, retryFailed: false)).Won);
                Assert.True(await ledger.ReserveAsync(file, "w/" + word));
                Assert.Equal(1, await ledger.FailedAsync(file, new ApiError(new ErrorFacts { Code = ErrorCode.ServerError, Message = word })));
            }

            await ledger.CloseAsync();
        }

        using LedgerReader reader = await LedgerReader.OpenAsync(path, default);
        int rows = 0;
        while (await reader.NextAsync(default) is LedgerEntry entry)
        {
            rows++;
            Assert.StartsWith(Mark, entry.Error, StringComparison.Ordinal);
            string word = entry.Error![Mark.Length..];
            Assert.Contains(word, words);
            Assert.Equal(("/data/" + word, "w/" + word), (entry.Path, entry.BlobPath));
            Assert.Equal(words[0], entry.Workspace);
        }

        Assert.Equal(words.Length, rows);
    }
}
