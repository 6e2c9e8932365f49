package datetext

import (
	"math"
	"time"
)

// Where a clock is put forward some local times do not exist, and where it is put back some happen twice. ECMA-262 (21.4.1.26)
// reads both with the offset before the change; the engine takes Go's time.Date, which does so in half of the zones.

// MaxDate is the farthest time of a Date, in milliseconds.
const MaxDate = 8.64e15

// dayMillis is a day: a zone changes its offset at most once within two of them.
const dayMillis = 24 * 60 * 60 * 1000

// FromLocal is the moment, in milliseconds, at which local clocks show wall, counted as if it were UTC; NaN beyond MaxDate.
func FromLocal(wall float64) float64 {
	if math.Abs(wall) > MaxDate+dayMillis {
		return math.NaN()
	}
	at := int64(wall)
	before, after := OffsetAt(at-dayMillis), OffsetAt(at+dayMillis)
	moment := at - before
	if before != after && OffsetAt(moment) != before && OffsetAt(at-after) == after {
		moment = at - after // the change has been
	}
	if f := float64(moment); math.Abs(f) <= MaxDate {
		return f
	}
	return math.NaN()
}

// OffsetAt is how many milliseconds local clocks are ahead of UTC at a moment.
func OffsetAt(ms int64) int64 {
	_, seconds := time.UnixMilli(ms).In(time.Local).Zone()
	return int64(seconds) * 1000
}
