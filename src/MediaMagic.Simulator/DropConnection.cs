namespace MediaMagic.Simulator;

/// <summary>When a fault cuts the connection.</summary>
public enum DropConnection
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Before any work is done.</summary>
    Before,

    /// <summary>After the work is done; the answer is lost.</summary>
    After,

    /// <summary>After the work is done and half of the answer's body is sent.</summary>
    Within,
}
