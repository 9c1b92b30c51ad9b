namespace Mapping.Values;

/// <summary>A local time at a fixed offset from UTC.</summary>
/// <param name="Seconds">Since the beginning of 1970, as if the time were UTC.</param>
/// <param name="Nanosecond">What is to be added to the seconds.</param>
/// <param name="Offset">How far it is ahead of UTC, in seconds; at most 18 hours.</param>
internal readonly record struct WallTime(long Seconds, int Nanosecond, int Offset);
