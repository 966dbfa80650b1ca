@{
    ExcludeRules = @(
        # Build and sample scripts talk to people.
        'PSAvoidUsingWriteHost'
    )
}
