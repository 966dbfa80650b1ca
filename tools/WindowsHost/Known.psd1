@{
    # The suites that do not run here, with the reason.
    NotRun = @{
        Build           = 'It runs git and the .NET SDK, which are not installed under Wine.'
        DependencyClash = 'It builds modules with the .NET SDK, which is not installed under Wine.'
        Package         = 'It builds packages with the .NET SDK, which is not installed under Wine.'
        Desktop         = 'It runs Mono on Linux.'
        Environments    = 'It is for systems other than Windows.'
        Bulk            = 'The simulator drops connections with HttpCancelHttpRequest, which Wine 8 lacks.'
        BulkRerun       = 'The simulator drops connections with HttpCancelHttpRequest, which Wine 8 lacks.'
        Errors          = 'The simulator drops connections with HttpCancelHttpRequest, which Wine 8 lacks.'
        Stop            = 'The simulator drops connections with HttpCancelHttpRequest, which Wine 8 lacks. The .NET runtime then failed.'
        Help            = 'The examples drop connections with HttpCancelHttpRequest, which Wine 8 lacks. The suite reached its time limit.'
        Parallel        = 'It reached its time limit. The cause is not known.'
        Resume          = 'It ends processes in the middle of uploads and reached its time limit. The cause is not known.'
    }

    # The tests that fail for another reason than the module, with this reason.
    Fails  = @(
        @{ Suite = 'Loading'; Test = 'Code compiled ahead of time.'; Reason = 'code is compiled ahead for Linux only' }
        @{ Suite = 'Samples'; Test = 'What the documents start.'; Reason = 'PowerShell looks for commands by patterns such as pwsh.*, by which Wine 8 finds no file' }
    )
}
