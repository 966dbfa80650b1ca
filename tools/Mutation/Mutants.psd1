@{
    # Each breaks a rule of the outcome, and the model checker must find it. Old is in its file exactly once.
    Mutants = @(
        @{
            Name = 'AlwaysUnknown'
            File = 'src/MediaMagic.PowerShell/Errors/Deliveries.cs'
            Old  = '422 or 429 => Delivery.Rejected,'
            New  = '422 or 429 => Lost(method),'
        }
        @{
            Name = 'TrustsLastRefusal'
            File = 'src/MediaMagic.PowerShell/Errors/Deliveries.cs'
            Old  = 'Delivery.Unknown when attempt != Delivery.Accepted => Delivery.Unknown,'
            New  = 'Delivery.Unknown when attempt == Delivery.NotSent => Delivery.Unknown,'
        }
    )
}
