using System.Collections.Generic;

namespace MediaMagic.Errors;

/// <summary>Our own errors: those without an answer, and those of any status that has no code of its own.</summary>
internal static class LocalCatalog
{
    /// <summary>The rows.</summary>
    public static IEnumerable<ErrorText> Texts() =>
    [
        Row(ErrorCode.RequestRejected, "The service rejected the request.",
            "Read the detail; a proxy or an outdated -BaseUri may be in the way (Get-MMSession shows it)."),
        Row(ErrorCode.ConnectionFailed, "The service could not be reached.",
            "Check the network, the name in -BaseUri and the proxy (Connect-MMService -Proxy), then Test-MMConnection."),
        Row(ErrorCode.TlsFailed, "No trusted connection could be made.",
            "Check the system's clock and certificates; a proxy that inspects TLS needs its root certificate installed."),
        Row(ErrorCode.Timeout, "No answer came in time.",
            "Try again; give more time with Connect-MMService -TimeoutSec if the network is slow."),
        Row(ErrorCode.CircuitOpen, "The service failed several times in a row; requests are held back.",
            "Wait as long as RetryAfter says. The last failure is named; Get-MMError -Newest 5 shows those of earlier calls, "
            + "Get-MMSession the breaker's state."),
        Row(ErrorCode.SubmissionOutcomeUnknown, "The submission was sent and may exist, but no answer told so.",
            "Do not submit the same blob path again. Look for it in MediaMagic or among your webhook events; "
            + "a bulk run with -Ledger settles it by itself when it is run again."),
        Row(ErrorCode.InvalidResponse, "The answer could not be understood.",
            "Check that -BaseUri names the API itself and that no proxy or login page answers in its place (Test-MMConnection)."),
        Row(ErrorCode.NotConnected, "There is no session.",
            "Give Connect-MMService a key (-ApiKey, -Credential, -SecretName), or set MEDIAMAGIC_API_KEY; "
            + "Start-MMSimulator -Connect needs none. Get-MMSession lists the sessions of this runspace."),
        Row(ErrorCode.FileInvalid, "The file cannot be submitted as it is.",
            "Correct what the message names; Test-MMFile shows which files would be taken. "
            + "Where only type or size is in question, Send-MMFile -SkipValidation leaves the decision to the service."),
        Row(ErrorCode.FileNotFound, "There is no such file.",
            "Check the path; for names with brackets or wildcards use -LiteralPath."),
        Row(ErrorCode.FileChanged, "The file changed while it was being read.",
            "Wait until nothing writes to it any more, then send it again."),
        Row(ErrorCode.BlobPathCollision, "The blob path already holds other content of this session.",
            "Send the file under another name: Send-MMFile -FileName <name>."),
        Row(ErrorCode.SubmissionFailed, "The submission failed.",
            "See why with Get-MMFailedAsset -SubmissionId <id>; retry what can be retried with Invoke-MMAssetRetry."),
        Row(ErrorCode.WaitTimeout, "The submission had not ended when the wait did.",
            "It goes on without you: run Wait-MMSubmission again, with a longer -TimeoutSec."),
        Row(ErrorCode.InvalidPrefix, "Nothing can listen on that prefix.",
            "Give -Prefix an address of this machine, such as http://127.0.0.1:8787/."),
        Row(ErrorCode.PortInUse, "Somebody else listens on that port.",
            "Choose another port with -Prefix, or end what listens there."),
        Row(ErrorCode.ListenDenied, "This user may not listen on that port.",
            "Choose a port above 1023 with -Prefix, or have an administrator allow it."),
        Row(ErrorCode.SecretRequired, "Deliveries are not taken from just anybody.",
            "Give -Secret what New-MMWebhookSubscription returned as .Secret; -AllowUnsigned takes unsigned deliveries on a loopback address."),
        Row(ErrorCode.ReportNotWritten, "The report could not be written.",
            "Check that the folder of -Path exists, that it and an older report may be written to, and that the disk has room."),
        Row(ErrorCode.LogNotWritten, "The log of requests could not be written.",
            "Check that the folder of -LogPath exists, and that the file may be written to."),
        Row(ErrorCode.LedgerInvalid, "That names no ledger.",
            "Name a file (-Ledger ./run.db) or a database (-Ledger 'postgres://user@host:5432/database')."),
        Row(ErrorCode.LedgerNotFound, "There is no such ledger.",
            "Check the path: Submit-MMFile -Ledger makes the file, Get-MMLedger does not."),
        Row(ErrorCode.LedgerUnavailable, "The ledger cannot be reached.",
            "Nothing is lost: when the ledger can be reached again, run the same command again."),
        Row(ErrorCode.LedgerDamaged, "The ledger cannot be read.",
            "Do not go on without it, or files may be refused as already submitted. Restore a copy, or recover the rows with sqlite3's .recover."),
        Row(ErrorCode.LedgerFull, "There is no room for the ledger.",
            "Free some space and run the same command again: nothing is lost, and nothing is submitted twice."),
        Row(ErrorCode.LedgerTooNew, "A newer version of the module wrote the ledger.",
            "Update the module (Update-PSResource MediaMagic), or use another ledger for other files."),
        Row(ErrorCode.LedgerNotSupported, "This PowerShell cannot use such a ledger.",
            "Use a file as the ledger, or PowerShell 7.6 or later for one in PostgreSQL."),
        Row(ErrorCode.Unknown, "Something went wrong.", "Read the message; Get-MMError shows everything that is known."),
    ];

    private static ErrorText Row(string code, string meaning, string action) => new(ErrorSystem.MediaMagic, null, code, meaning, action);
}
