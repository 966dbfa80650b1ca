namespace MediaMagic.Simulator;

/// <summary>What a key is good for.</summary>
internal enum KeyState
{
    Active,
    Expired,
    Revoked,
    Unplanned,
}
