using System;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Client;
using MediaMagic.Errors;
using MediaMagic.Parameters;
using MediaMagic.Sessions;

namespace MediaMagic.Commands.Sessions;

/// <summary>Connects this runspace to the MediaMagic service.</summary>
[Cmdlet(VerbsCommunications.Connect, "MMService", DefaultParameterSetName = KeySet)]
[OutputType(typeof(MMSession))]
public sealed class ConnectServiceCommand : AsyncCmdlet
{
    private const string KeySet = "Key";
    private const string CredentialSet = "Credential";
    private const string SecretSet = "Secret";

    /// <summary>The API key; without one it comes from MEDIAMAGIC_API_KEY, or is asked for.</summary>
    [Parameter(ParameterSetName = KeySet, Position = 0)]
    [SecretTransformation]
    public SecureString? ApiKey { get; set; }

    /// <summary>A credential whose password is the API key.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The name of the secret that holds the API key, read through SecretManagement.</summary>
    [Parameter(ParameterSetName = SecretSet, Mandatory = true)]
    public string? SecretName { get; set; }

    /// <summary>The vault to look in; without it all of them.</summary>
    [Parameter(ParameterSetName = SecretSet)]
    public string? Vault { get; set; }

    /// <summary>The service's address, up to /api/integrations.</summary>
    [Parameter]
    public Uri? BaseUri { get; set; }

    /// <summary>The session's name; a session of the same name is replaced.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = SessionStore.DefaultName;

    /// <summary>The limit of one attempt, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.001, 86400.0)]
    public double TimeoutSec { get; set; } = 30;

    /// <summary>How many times a request is sent at the most.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int MaxAttempts { get; set; } = 4;

    /// <summary>The delay before the first retry, in seconds; it doubles from there.</summary>
    [Parameter]
    [ValidateRange(0.0, 3600.0)]
    public double RetryBaseDelaySec { get; set; } = 1;

    /// <summary>The longest delay, in seconds: when the service asks for more, a call gives up at once.</summary>
    [Parameter]
    [ValidateRange(0.0, 86400.0)]
    public double MaxRetryDelaySec { get; set; } = 60;

    /// <summary>How many failures in a row open the circuit breaker.</summary>
    [Parameter]
    [ValidateRange(1, 10000)]
    public int BreakerThreshold { get; set; } = 5;

    /// <summary>How long the circuit breaker stays open, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.001, 86400.0)]
    public double BreakerDurationSec { get; set; } = 60;

    /// <summary>Leaves out the circuit breaker.</summary>
    [Parameter]
    public SwitchParameter NoCircuitBreaker { get; set; }

    /// <summary>A file that gets one JSON line a request.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>The proxy to go through.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <summary>Who we are to the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Asks the service at once whether it takes the key.</summary>
    [Parameter]
    public SwitchParameter Validate { get; set; }

    /// <summary>Returns the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        MediaMagicClient client = new(FindKey(), Options());
        if (Validate)
        {
            await CheckAsync(client, stop);
        }

        MMSession session = new(Name, client);
        if (SessionStore.Add(session) is string loss)
        {
            SafeWarning.Write(this, loss);
        }

        if (PassThru)
        {
            WriteObject(session);
        }
    }

    private static async Task CheckAsync(MediaMagicClient client, CancellationToken stop)
    {
        try
        {
            await client.Webhooks.ListAsync(stop);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private string FindKey() => ParameterSetName switch
    {
        CredentialSet => Plain(Credential!.Password),
        SecretSet => KeySources.FromVault(this, SecretName!, Vault),
        _ => ApiKey is not null ? Plain(ApiKey) : SessionStore.EnvironmentKey ?? KeySources.Prompt(this),
    };

    private MediaMagicClientOptions Options() => new()
    {
        BaseUri = BaseUri ?? SessionStore.EnvironmentAddress ?? MediaMagicClientOptions.DefaultBaseUri,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        MaxAttempts = MaxAttempts,
        RetryBaseDelay = TimeSpan.FromSeconds(RetryBaseDelaySec),
        MaxRetryDelay = TimeSpan.FromSeconds(MaxRetryDelaySec),
        CircuitBreaker = !NoCircuitBreaker,
        BreakerThreshold = BreakerThreshold,
        BreakerDuration = TimeSpan.FromSeconds(BreakerDurationSec),
        LogPath = LogPath is null ? null : LogFile(LogPath),
        Proxy = Proxy,
        ProxyCredential = ProxyCredential?.GetNetworkCredential(),
    };

    private string LogFile(string path)
    {
        string file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem"
            ? file
            : throw new MediaMagicException(LocalErrors.LogNotWritten(path, $"it belongs to the provider {provider.Name}"));
    }

    private static string Plain(SecureString secret) => new NetworkCredential(string.Empty, secret).Password;
}
