//! Days and times of the calendar, in UTC, for certificates and exports.

/// The day of a moment: `2026-11-23`. `seconds` are since the Unix epoch.
#[must_use]
pub fn day(seconds: i64) -> String {
    // Days since 0000-03-01, in eras of 400 years: the proleptic Gregorian calendar repeats after one.
    let days = seconds.div_euclid(86_400) + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Years begin in March here, so that the leap day is the last.
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The moment to the second: `2026-11-23 09:05:00`. `seconds` are since the Unix epoch.
#[must_use]
pub fn moment(seconds: i64) -> String {
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    format!("{} {hour:02}:{minute:02}:{second:02}", day(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_lies_on_its_day() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_790_000_000, "2026-09-21"),
            (4_107_542_399, "2100-02-28"),
            (4_107_542_400, "2100-03-01"),
            (253_402_300_799, "9999-12-31"),
        ] {
            assert_eq!(day(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn no_moment_is_too_far_away() {
        for seconds in [i64::MIN, i64::MAX] {
            assert!(moment(seconds).contains('-'));
        }
    }

    #[test]
    fn a_moment_is_told_to_the_second() {
        assert_eq!(moment(951_782_400 + 9 * 3_600 + 5 * 60 + 7), "2000-02-29 09:05:07");
        assert_eq!(moment(-1), "1969-12-31 23:59:59");
    }
}
