@{
    RootModule             = 'MediaMagic.psm1'
    ModuleVersion          = '1.0.0'
    GUID                   = '6e0f6f0e-7c1b-4b93-9c0d-5f3a5a0f7c52'
    Author                 = 'MediaMagic.PowerShell contributors'
    CompanyName            = 'MediaMagic.PowerShell contributors'
    Copyright              = '(c) MediaMagic.PowerShell contributors. MIT licence.'
    Description            = 'Upload media to MediaMagic, have it analysed, and read back compliance issues.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Add-MMSimulatorFault'
        'Clear-MMSimulatorFault'
        'Connect-MMService'
        'ConvertFrom-MMErrorResponse'
        'Disable-MMWebhookSubscription'
        'Disconnect-MMService'
        'Enable-MMWebhookSubscription'
        'Export-MMReport'
        'Get-MMAsset'
        'Get-MMError'
        'Get-MMErrorCatalog'
        'Get-MMFailedAsset'
        'Get-MMIssue'
        'Get-MMLedger'
        'Get-MMSession'
        'Get-MMSimulator'
        'Get-MMSubmission'
        'Get-MMSubmissionVersion'
        'Get-MMTopic'
        'Get-MMWebhookDelivery'
        'Get-MMWebhookSubscription'
        'Invoke-MMAssetRetry'
        'Invoke-MMSandboxEvent'
        'New-MMSubmission'
        'New-MMUploadUrl'
        'New-MMWebhookSubscription'
        'Receive-MMWebhookEvent'
        'Remove-MMWebhookSubscription'
        'Send-MMFile'
        'Start-MMSimulator'
        'Stop-MMSimulator'
        'Submit-MMFile'
        'Test-MMConnection'
        'Test-MMFile'
        'Test-MMWebhookSignature'
        'Wait-MMSubmission'
    )
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @(
                'MediaMagic', 'compliance', 'media', 'upload', 'webhook', 'api', 'simulator'
                'PSEdition_Core', 'PSEdition_Desktop', 'Linux', 'MacOS', 'Windows'
            )
            ProjectUri   = 'https://github.com/mediamagic/MediaMagic.PowerShell'
            LicenseUri   = 'https://github.com/mediamagic/MediaMagic.PowerShell/blob/main/LICENSE'
            ReleaseNotes = 'What changed: https://github.com/mediamagic/MediaMagic.PowerShell/blob/main/CHANGELOG.md'
        }
    }
}
