using Mapping.Values;
using NodaTime;
using NodaTime.Text;

namespace Mapping.Tests.Values;

/// <summary>The calendar in numbers against that of the library.</summary>
public sealed class CivilDateTests
{
    [Fact]
    public void DatesAndDaysAreThoseOfTheLibrary()
    {
        LocalDate epoch = new(1970, 1, 1);
        int last = Period.DaysBetween(epoch, new LocalDate(9999, 12, 31));

        // A step that meets every day of the month in every month.
        for (int days = Period.DaysBetween(epoch, new LocalDate(0, 1, 1)); days <= last; days += 5)
        {
            LocalDate expected = epoch.PlusDays(days);
            CivilDate.OfDays(days, out int year, out int month, out int day);
            Assert.True(expected == new LocalDate(year, month, day), $"day {days}: {year}-{month}-{day}");
            Assert.Equal(days, CivilDate.ToDays(year, month, day));
            Assert.Equal((int)expected.DayOfWeek % 7, CivilDate.Weekday(days));
            Assert.Equal(CalendarSystem.Iso.GetDaysInMonth(year, month), CivilDate.DaysInMonth(year, month));
        }
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0, 2, 29)]
    [InlineData(9999, 12, 31)]
    [InlineData(1900, 2, 28)]
    [InlineData(2000, 2, 29)]
    public void EdgesAreThoseOfTheLibrary(int year, int month, int day)
    {
        Instant midnight = new LocalDate(year, month, day).AtMidnight().InUtc().ToInstant();
        Assert.Equal(midnight.ToUnixTimeSeconds(), CivilDate.ToDays(year, month, day) * CivilDate.SecondsPerDay);
        Assert.InRange(midnight.ToUnixTimeSeconds(), CivilDate.FirstSecond, CivilDate.LastSecond);
    }

    [Fact]
    public void TimestampsAreReadAndWrittenAsTheLibraryDoes()
    {
        var random = new Random(77);
        for (int i = 0; i < 20_000; i++)
        {
            var offset = Offset.FromSeconds(random.Next(-18 * 60, (18 * 60) + 1) * 60);
            long local = random.NextInt64(CivilDate.FirstSecond, CivilDate.LastSecond);
            int nanosecond = random.Next(3) switch { 0 => 0, 1 => random.Next(1000) * 1_000_000, _ => random.Next(1_000_000_000) };
            LocalDateTime moment = new LocalDateTime(1970, 1, 1, 0, 0).PlusSeconds(local).PlusNanoseconds(nanosecond);
            OffsetDateTime expected = moment.WithOffset(offset);
            string text = OffsetDateTimePattern.ExtendedIso.Format(expected);
            text = offset == Offset.Zero || text.Contains(':', StringComparison.Ordinal) && text[^3] == ':' ? text : text + ":00";

            Assert.True(Timestamp.TryParseRfc3339(System.Text.Encoding.ASCII.GetBytes(text), out Timestamp? read), text);
            Assert.Equal(text, read.ToText());
            Assert.Equal(expected.LocalDateTime, read.Moment.LocalDateTime);
            Assert.Equal(expected.ToInstant(), read.Instant);
            Assert.Equal(offset.Seconds, read.OffsetSeconds);
        }
    }
}
