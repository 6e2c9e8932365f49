package seed

import (
	"fmt"
	"strconv"
	"time"
)

// maxSeconds is where JavaScript's dates end.
const maxSeconds = 8_640_000_000_000

func parseSeconds(s string) (time.Time, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n > maxSeconds || n < -maxSeconds {
		return time.Time{}, fmt.Errorf("%q is no time: want 2026-01-31T12:00:00Z, 2026-01-31 or seconds since 1970", s)
	}
	return time.Unix(n, 0).UTC(), nil
}
