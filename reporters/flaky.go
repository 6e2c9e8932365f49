package reporters

import "fmt"

// flaky says of a step that it passed only when it was tried again, "" of others.
func (s *step) flaky() string {
	if len(s.Earlier) == 0 {
		return ""
	}
	for _, o := range s.outcomes() {
		if o.Verdict == failed || o.Verdict == errored {
			return ""
		}
	}
	return fmt.Sprintf("flaky: passed at attempt %d", len(s.Earlier)+1)
}

// failedBefore lists what an outcome of that name came to in earlier attempts, where it failed.
func (s *step) failedBefore(name string) []outcome {
	var list []outcome
	for _, earlier := range s.Earlier {
		for _, o := range earlier.outcomes() {
			if o.Error != nil && o.Name == name {
				list = append(list, o)
			}
		}
	}
	return list
}
