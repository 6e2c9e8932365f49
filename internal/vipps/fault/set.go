package fault

import "slices"

// spent marks a fault that has gone wrong as often as it should.
const spent = -1

// A Set is the faults that requests may meet, in the order in which they count.
type Set struct {
	given   []Fault // at the beginning; Reset goes back to them
	current []Fault
}

// NewSet returns a set of these faults.
func NewSet(faults []Fault) Set {
	return Set{given: slices.Clone(faults), current: slices.Clone(faults)}
}

// Pick finds the first fault that fits a request, and counts it. chance decides
// about a fault that meets a share of the requests only.
func (s *Set) Pick(method, path string, chance func(percent float64) bool) (Fault, bool) {
	for i := range s.current {
		f := &s.current[i]
		if !f.fits(method, path) || f.Times == spent || f.Percent != 0 && !chance(f.Percent) {
			continue
		}
		picked := *f
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				f.Times = spent
			}
		}
		return picked, true
	}
	return Fault{}, false
}

// Active returns the faults that can still go wrong.
func (s *Set) Active() []Fault {
	return slices.DeleteFunc(slices.Clone(s.current), func(f Fault) bool { return f.Times == spent })
}

// Add adds faults after the others.
func (s *Set) Add(faults ...Fault) { s.current = append(s.current, faults...) }

// Clear removes all faults.
func (s *Set) Clear() { s.current = nil }

// Reset goes back to the faults of the beginning.
func (s *Set) Reset() { s.current = slices.Clone(s.given) }
