using System;
using MediaMagic.Bulk;
using Xunit;

namespace MediaMagic.Tests.Fuzz;

/// <summary>Addresses of ledgers gone wrong: read, or refused as invalid, and the password never shown.</summary>
public sealed class WrongLedgerAddressesTests
{
    private const string Password = "secretword";

    private static readonly string[] s_words =
    [
        "@", ":", "/", "//", "?", "#", "%", "%2F", "%40", "\\", "[", "]", "::1", " ", "\t", "\n", "\0", "\u00fc", "a=b", "&", "=", "..", "5432", "99999", ";", "'", "\"",
    ];

    // Before the address and behind the password stands whatever; in the password itself whatever people forget to escape.
    [Fact]
    public void An_address_gone_wrong_never_shows_its_password() => Turns.Run(1000, static random =>
    {
        string user = random.Next(4) == 0 ? string.Empty : Mutation.Of(random, "user", "user:name", s_words).Replace(Password, string.Empty, StringComparison.Ordinal);
        string before = random.Next(2) == 0 ? string.Empty : random.Of("1", "12", "a") + random.Of(s_words);
        string behind = Mutation.Of(random, "@host:5432/db?sslmode=require", "@host/db", s_words);
        string text = $"{random.Of("postgres", "postgresql", "POSTGRES", "mysql", "http")}://{user}:{before}{Password}{behind}";
        try
        {
            LedgerAddress address = LedgerAddress.Parse(text);
            Assert.NotNull(address.Server);
            Assert.DoesNotContain(Password, address.Shown, StringComparison.Ordinal);
            Assert.NotNull(address.Options());
            _ = address.Login();
        }
        catch (MediaMagicException refused)
        {
            Assert.Equal(ErrorCode.LedgerInvalid, refused.Error.Code);
            Assert.DoesNotContain(Password, refused.ToString(), StringComparison.Ordinal);
        }
    });

    [Fact]
    public void A_file_gone_wrong_is_a_file_or_refused() => Turns.Run(500, static random =>
    {
        try
        {
            Assert.NotEmpty(LedgerAddress.Parse(Mutation.Of(random, "/tmp/mediamagic/ledger.db", "C:\\ledger.db", s_words)).Shown);
        }
        catch (MediaMagicException refused)
        {
            Assert.Equal(ErrorCode.LedgerInvalid, refused.Error.Code);
        }
    });
}
