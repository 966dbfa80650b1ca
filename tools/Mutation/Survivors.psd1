@{
    # Mutants that need not be killed, each with the reason. Line is the line of the source without its indentation, and New what Stryker makes
    # of a part of it. Both are patterns.
    Survivors = @(
        @{
            File = '.cs'
            Line = '*.ConfigureAwait(false)*'
            New  = 'true'
            Why  = 'It matters only where there is a synchronization context.'
        }
        @{
            File = 'Ledger/LedgerRow.cs'
            Line = 'public string * { get; private init; } = string.Empty;'
            New  = '"Stryker was here!"'
            Why  = 'Only the empty row keeps this value, and it is made before the mutant is switched on.'
        }
        @{
            File = 'Ledger/RunLedger.cs'
            Line = 'private string _workspace = string.Empty;'
            New  = '"Stryker was here!"'
            Why  = 'A run tells the ledger its workspace before the first file.'
        }
        @{
            File = 'Ledger/RunLedger.cs'
            Line = '_writer.Dispose();'
            New  = ';'
            Why  = 'It frees a semaphore without a handle.'
        }
        @{
            File = 'Errors/StatusTable.cs'
            Line = 'int family = number >= 500 ? 5 : number >= 400 ? 4 : 0;'
            New  = 'number > 400'
            Why  = 'Every system has a row for 400, and no code without a status has two rows.'
        }
        @{
            File = 'Http/Breaker.cs'
            Line = 'retryAfter = remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;'
            New  = 'remaining >= TimeSpan.Zero'
            Why  = 'Both sides are zero.'
        }
        @{
            File = 'Http/BucketGate.cs'
            Line = 'slot = _nextSlot > earliest ? _nextSlot : earliest;'
            New  = '_nextSlot >= earliest'
            Why  = 'Both sides are the same time.'
        }
        @{
            File = 'Http/BucketGate.cs'
            Line = 'if (now + wait > _closedUntil)'
            New  = 'now + wait >= _closedUntil'
            Why  = 'The time is replaced by the same time.'
        }
        @{
            File = 'Http/BucketGate.cs'
            Line = 'else if (_misses > MissesToCorrect)'
            New  = '_misses >= MissesToCorrect'
            Why  = 'The branch before takes the case of equality.'
        }
        @{
            File = 'Http/BucketGate.cs'
            Line = 'SetPace(_shown < _measured ? _shown : _measured);'
            New  = '_shown <= _measured'
            Why  = 'Both sides are the same pace.'
        }
        @{
            File = 'Http/BucketGate.cs'
            Line = 'if (_interval > TimeSpan.Zero && due && held)'
            New  = '_interval >= TimeSpan.Zero'
            Why  = 'An interval of zero stays zero, and SetPace resets whatever else the branch changes.'
        }
        @{
            File = 'Http/BucketGate.cs'
            Line = 'if (_interval.TotalSeconds * ForgetFactor < _measured.TotalSeconds)'
            New  = '_interval.TotalSeconds * ForgetFactor <= _measured.TotalSeconds'
            Why  = 'Only intervals of a few ticks can grow to exactly that.'
        }
        @{
            File = 'Transfer/ContentSum.cs'
            Line = '*'
            New  = '*>>>*'
            Why  = 'The number has no sign, or is not negative.'
        }
    )
}
