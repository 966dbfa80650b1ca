using System.Collections.Generic;
using Xunit;

namespace MediaMagic.Simulator.Tests;

/// <summary>The arguments of a simulator that runs alone.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void Options_are_taken()
    {
        CommandLine command = CommandLine.Parse(
            ["--port", "8080", "--processing-seconds", "0.5", "--rate-limit", "60", "--rate-limit", "upload=5", "--api-key", "sk_test_x"]);
        Assert.Null(command.Problem);
        Assert.Equal(8080, command.Options.Port);
        Assert.Equal(0.5, command.Options.ProcessingSeconds);
        Assert.Equal("sk_test_x", command.Options.ApiKey);
        Assert.Equal(new Dictionary<string, int> { ["*"] = 60, ["upload"] = 5 }, command.Options.RateLimits);
    }

    [Fact]
    public void Nothing_said_means_the_defaults()
    {
        CommandLine command = CommandLine.Parse([]);
        Assert.Null(command.Problem);
        Assert.Null(command.Options.RateLimits);
        Assert.Equal(0, command.Options.Port);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "x")]
    [InlineData("--port", "70000")]
    [InlineData("--processing-seconds", "-1")]
    [InlineData("--rate-limit", "0")]
    [InlineData("--verbose", "yes")]
    public void What_cannot_be_used_is_named(params string[] args) => Assert.Contains(args[0], CommandLine.Parse(args).Problem);

    [Fact]
    public void Help_is_no_problem()
    {
        CommandLine command = CommandLine.Parse(["--help"]);
        Assert.True(command.IsHelp);
        Assert.Null(command.Problem);
    }
}
