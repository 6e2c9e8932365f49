package civil

import "time"

// Offset is how far the local zone is ahead of UTC at a time value, in milliseconds. The zone
// is that of the process, TZ.
func Offset(t float64) float64 {
	_, seconds := time.UnixMilli(int64(t)).In(time.Local).Zone()
	return float64(seconds) * Second
}

// Local is a time value as the clock on the wall shows it, for Split. It is no time value
// itself.
func Local(t float64) float64 { return t + Offset(t) }

// FromLocal is the inverse of Local, as ECMAScript has it: a time that comes twice is the
// first one; one that a jump leaves out is counted by the offset before the jump. Times out
// of range, and NaN, come back as they are.
func FromLocal(local float64) float64 {
	if !(local >= -limit-Day && local <= limit+Day) {
		return local
	}
	// No offset is more than 26 hours, so the search begins before the time and goes on from jump to jump.
	at := time.UnixMilli(int64(local) - 26*int64(Hour)).In(time.Local)
	begins, before := int64(-1<<63), float64(0)
	for {
		_, seconds := at.Zone()
		offset := float64(seconds) * Second
		_, end := at.ZoneBounds()
		t := local - offset
		switch {
		case begins != -1<<63 && t < float64(begins):
			return local - before
		case end.IsZero() || t < float64(end.UnixMilli()):
			return t
		}
		if !end.After(at) {
			end = at.Add(time.Hour) // far away, where package time takes a year's end for a jump that it never gets past
		}
		at, begins, before = end, end.UnixMilli(), offset
	}
}
