package report

import "fmt"

// Flaky says of a step that it passed only when it was tried again, "" of others.
func (s *Step) Flaky() string {
	if len(s.Earlier) == 0 {
		return ""
	}
	for _, o := range s.Outcomes() {
		if o.Status == Failed || o.Status == Errored {
			return ""
		}
	}
	return fmt.Sprintf("flaky: passed at attempt %d", len(s.Earlier)+1)
}

// FailedBefore lists what an outcome of that name came to in earlier attempts, where it failed.
func (s *Step) FailedBefore(name string) []Outcome {
	var list []Outcome
	for _, earlier := range s.Earlier {
		for _, o := range earlier.Outcomes() {
			if o.Error != nil && o.Name == name {
				list = append(list, o)
			}
		}
	}
	return list
}
