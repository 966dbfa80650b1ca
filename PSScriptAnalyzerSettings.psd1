@{
    ExcludeRules = @(
        # Build and sample scripts talk to people.
        'PSAvoidUsingWriteHost'
        # Pester's blocks share variables in ways that these two do not see.
        'PSUseDeclaredVarsMoreThanAssignments'
        'PSUseShouldProcessForStateChangingFunctions'
    )
}
