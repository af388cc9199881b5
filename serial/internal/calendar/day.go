package calendar

// Years that a scheme can write. A clock before 1970 was never set.
const (
	FirstYear = 1970
	LastYear  = 9999
)

const (
	daySeconds = 24 * 60 * 60
	beyond     = (LastYear + 2) * 366 * daySeconds // seconds from 1970, in no year of a scheme
)

// Days and years are counted from 28 periods of 400 years before 1970, so that none is negative.
const (
	eras     = 28
	eraDays  = 146_097 // days in 400 years
	daysUp   = eras * eraDays
	marchDay = 719_468 // 1970-01-01, counted from 0000-03-01
)

// dayOf returns the number of a day since 1970-01-01; d may be more than the month has.
func dayOf(y, mon, d int) int {
	if mon <= 2 {
		y, mon = y-1, mon+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(mon-3)+2)/5 + d - 1 - marchDay
}

func isLeap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func yearDays(y int) int {
	if isLeap(y) {
		return 366
	}
	return 365
}

func monthDays(y, mon int) int {
	if mon == 2 && isLeap(y) {
		return 29
	}
	return [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[mon-1]
}
