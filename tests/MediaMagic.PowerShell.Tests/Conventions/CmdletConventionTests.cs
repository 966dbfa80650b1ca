using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MediaMagic.Commands;
using Xunit;

namespace MediaMagic.Tests.Conventions;

/// <summary>What holds for every cmdlet; one row each.</summary>
public sealed class CmdletConventionTests
{
    private static readonly Assembly s_module = typeof(AsyncCmdlet).Assembly;
    private static readonly XDocument s_docs = XDocument.Load(Path.ChangeExtension(s_module.Location, ".xml"));

    private static readonly string s_help = Path.Combine(Repository.Root, "docs", "help");

    // Verbs that change something; Connect, Disconnect, Test, Get, Wait, Receive and ConvertFrom do not, nor does a new upload URL.
    private static readonly string[] s_changing = ["New", "Send", "Submit", "Invoke", "Enable", "Disable", "Remove", "Start", "Stop", "Add", "Clear", "Export"];

    public static TheoryData<string> Cmdlets
    {
        get
        {
            TheoryData<string> names = [];
            foreach (Type type in Types())
            {
                names.Add(type.Name);
            }

            return names;
        }
    }

    [Fact]
    public void There_are_cmdlets() => Assert.True(Types().Count() >= 30);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Is_sealed_and_named_after_its_verb_and_noun(string name)
    {
        Type type = Find(name);
        (string verb, string noun, _) = Declaration(type);
        Assert.True(type.IsSealed);
        Assert.StartsWith("MM", noun, StringComparison.Ordinal);
        Assert.Equal(verb + noun[2..] + "Command", name);
        Assert.Single(Repository.Sources("src/MediaMagic.PowerShell/Commands"), file => Path.GetFileName(file) == name + ".cs");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Says_what_it_puts_out(string name) => Assert.NotEmpty(Find(name).GetCustomAttributes<OutputTypeAttribute>());

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Asks_before_it_changes_something(string name)
    {
        (string verb, string noun, bool asks) = Declaration(Find(name));
        Assert.Equal(s_changing.Contains(verb) && noun != "MMUploadUrl", asks);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Has_a_summary_on_itself_and_on_every_parameter(string name)
    {
        Type type = Find(name);
        Assert.Matches(@"\S.*\.$", Summary("T:" + type.FullName));
        foreach (PropertyInfo parameter in Parameters(type))
        {
            Assert.Matches(@"\S.*\.$", Summary($"P:{parameter.DeclaringType!.FullName}.{parameter.Name}"));
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Bounds_every_number(string name) =>
        Assert.All(
            Parameters(Find(name)).Where(parameter => IsNumber(parameter.PropertyType)),
            parameter => Assert.True(parameter.GetCustomAttribute<ValidateRangeAttribute>() is not null, parameter.Name));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Takes_fractions_of_seconds(string name) =>
        Assert.All(
            Parameters(Find(name)).Where(parameter => parameter.Name.EndsWith("Sec", StringComparison.Ordinal)),
            parameter => Assert.Equal(typeof(double), Nullable.GetUnderlyingType(parameter.PropertyType) ?? parameter.PropertyType));

    [Fact]
    public void The_manifest_exports_the_cmdlets_of_the_assembly_and_nothing_else()
    {
        string manifest = File.ReadAllText(Path.Combine(Repository.Root, "MediaMagic.psd1"));
        string list = Regex.Match(manifest, @"CmdletsToExport\s*=\s*@\(([^)]*)\)").Groups[1].Value;
        Assert.Equal(
            Types().Select(Declaration).Select(cmdlet => $"{cmdlet.Verb}-{cmdlet.Noun}").Order(StringComparer.Ordinal),
            Regex.Matches(list, @"'([^']+)'").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Has_a_help_page_with_examples_and_every_parameter(string name)
    {
        (string verb, string noun, _) = Declaration(Find(name));
        string page = File.ReadAllText(Path.Combine(s_help, $"{verb}-{noun}.md"));
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.True(Regex.Count(page, "(?m)^### Example ") >= 2);
        Assert.All(Parameters(Find(name)), parameter => Assert.Matches($@"(?m)^### -{parameter.Name}\r?\n\s*\w", page));
    }

    [Fact]
    public void There_is_no_other_help_page() => Assert.Equal(Types().Count(), Directory.GetFiles(s_help, "*-*.md").Length);

    [Fact]
    public void Output_types_can_be_made_from_a_hashtable()
    {
        IEnumerable<Type> outputs = Types()
            .SelectMany(type => type.CustomAttributes)
            .Where(attribute => attribute.AttributeType == typeof(OutputTypeAttribute))
            .SelectMany(attribute => (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
            .Select(argument => (Type)argument.Value!)
            .Where(type => type.Assembly == s_module && type != typeof(ApiError))
            .Distinct();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, type =>
        {
            Assert.Equal("MediaMagic", type.Namespace);
            Assert.True(type.IsPublic);
            Assert.NotNull(type.GetConstructor(Type.EmptyTypes));
            Assert.All(type.GetProperties(BindingFlags.Public | BindingFlags.Instance), property => Assert.True(property.SetMethod?.IsPublic, $"{type.Name}.{property.Name}"));
        });
    }

    [Fact]
    public void An_error_never_changes_after_it_is_created()
    {
        foreach (Type type in new[] { typeof(ApiError), typeof(FieldError) })
        {
            Assert.Empty(type.GetConstructors());
            Assert.Empty(type.GetFields(BindingFlags.Public | BindingFlags.Instance));
            Assert.DoesNotContain(type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance), static property => property.CanWrite);
        }
    }

    private static IEnumerable<Type> Types() => s_module.GetTypes().Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null);

    // From the metadata: PowerShell's reference assembly, which the tests run with, has attributes that remember nothing.
    private static (string Verb, string Noun, bool Asks) Declaration(Type type)
    {
        CustomAttributeData cmdlet = type.CustomAttributes.Single(attribute => attribute.AttributeType == typeof(CmdletAttribute));
        bool asks = cmdlet.NamedArguments.Any(argument => argument.MemberName == nameof(CmdletAttribute.SupportsShouldProcess) && argument.TypedValue.Value is true);
        return ((string)cmdlet.ConstructorArguments[0].Value!, (string)cmdlet.ConstructorArguments[1].Value!, asks);
    }

    private static Type Find(string name) => Types().Single(type => type.Name == name);

    private static IEnumerable<PropertyInfo> Parameters(Type type) =>
        type.GetProperties().Where(property => property.GetCustomAttributes<ParameterAttribute>().Any());

    private static bool IsNumber(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is
        (TypeCode.Int32 or TypeCode.Int64 or TypeCode.Double) && !(Nullable.GetUnderlyingType(type) ?? type).IsEnum;

    private static string Summary(string member) =>
        s_docs.Descendants("member").FirstOrDefault(element => (string?)element.Attribute("name") == member)?.Element("summary")?.Value.Trim() ?? string.Empty;
}
