namespace MediaMagic.Errors;

/// <summary>What an error means and what to do about it, in words.</summary>
/// <param name="System">The system that reports the error.</param>
/// <param name="Status">The HTTP status; null when several statuses, or none, come with the code.</param>
/// <param name="Code">The error code.</param>
/// <param name="Meaning">What the error means.</param>
/// <param name="Action">What to do or type next.</param>
internal sealed record ErrorText(string System, int? Status, string Code, string Meaning, string Action);
