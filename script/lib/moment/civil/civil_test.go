package civil_test

import (
	"math/rand"
	"testing"
	"time"

	"posthaste/script/lib/moment/civil"
)

// TestFieldsAreThoseOfTime compares the calendar with that of package time, from the first time of a Date to the last.
func TestFieldsAreThoseOfTime(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 20000 {
		ms := int64((r.Float64()*2 - 1) * 8.64e15)
		at := time.UnixMilli(ms).UTC()
		f := civil.Split(float64(ms))
		want := civil.Fields{
			Year: float64(at.Year()), Month: float64(at.Month() - 1), Day: float64(at.Day()), Hour: float64(at.Hour()), Minute: float64(at.Minute()),
			Second: float64(at.Second()), Milli: float64(at.Nanosecond() / 1e6), Weekday: float64(at.Weekday()),
		}
		if f != want {
			t.Fatalf("%d has %+v, want %+v", ms, f, want)
		}
		if back := civil.Join(f); back != float64(ms) {
			t.Fatalf("%+v is %f, want %d", f, back, ms)
		}
		week, year := civil.Week{First: 1, Pivot: 4}.Of(f.Year, civil.DayOfYear(f))
		if y, w := at.ISOWeek(); week != float64(w) || year != float64(y) {
			t.Fatalf("%v is in week %v of %v, want %d of %d", at, week, year, w, y)
		}
	}
}

// TestLocalTimesComeBack holds in zones with jumps of an hour, of half an hour, of a day and of none: a time that the
// clock shows is the first time at which it shows it, and one that it never shows is as far behind the jump as it says.
func TestLocalTimesComeBack(t *testing.T) {
	before := time.Local
	t.Cleanup(func() { time.Local = before })
	r := rand.New(rand.NewSource(2))
	for _, name := range []string{"UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		time.Local = zone
		for range 20000 {
			at := float64(r.Int63n(6e12) - 2e12)
			back := civil.FromLocal(civil.Local(at))
			if back > at || civil.Local(back) != civil.Local(at) {
				t.Fatalf("%s: %f shows %f, which is the time %f", name, at, civil.Local(at), back)
			}
		}
	}
}

func TestTheEdgesOfNewYork(t *testing.T) {
	before := time.Local
	t.Cleanup(func() { time.Local = before })
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	time.Local = zone
	for name, test := range map[string]struct{ local, want string }{
		"before the gap":     {"2024-03-10T01:59:59Z", "2024-03-10T06:59:59Z"},
		"in the gap":         {"2024-03-10T02:30:00Z", "2024-03-10T07:30:00Z"},
		"after the gap":      {"2024-03-10T03:00:00Z", "2024-03-10T07:00:00Z"},
		"what comes twice":   {"2024-11-03T01:30:00Z", "2024-11-03T05:30:00Z"},
		"after it came back": {"2024-11-03T02:00:00Z", "2024-11-03T07:00:00Z"},
	} {
		at, _ := time.Parse(time.RFC3339, test.local)
		got := time.UnixMilli(int64(civil.FromLocal(float64(at.UnixMilli())))).UTC().Format(time.RFC3339)
		if got != test.want {
			t.Errorf("%s: %s is %s, want %s", name, test.local, got, test.want)
		}
	}
}
