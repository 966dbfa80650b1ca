using System;

namespace MediaMagic.Bench.Uploads;

/// <summary>One side of a comparison: its name, what a round of it runs, and the processor time that it has used so far.</summary>
internal sealed record Side(string Name, Action Run, Func<TimeSpan> ProcessorTime);
