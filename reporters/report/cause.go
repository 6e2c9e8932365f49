package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"posthaste/runner/cause"
	"posthaste/runner/event"
)

// A Follow says that a failure followed from another.
type Follow struct {
	Cause   *cause.Cause
	Through string // how, such as "access_token is undefined"
	// Needed says that the failure has to be shown as one: it is the first that followed from a step in which nothing
	// failed.
	Needed bool
}

// Following says what a failed outcome of a step followed from; nil for one that is a cause. It is to be asked as the
// step's journal gives it.
func Following(s *event.Summary, st *Step, o Outcome) *Follow {
	if o.Error == nil {
		return nil
	}
	v := s.Judged(st.Step)
	own := o.Request != nil && o.Request.Error == o.Error && o.Request.Source == event.FromCollection
	switch {
	case v.Follows, v.Within && !own:
		return &Follow{v.Cause, v.Through, v.First}
	}
	return nil
}

// Judged lists the outcomes of a step, as Outcomes does, each with what it followed from. It is to be asked as the step's
// journal gives it.
func (s *Step) Judged(sums *event.Summary) []Outcome {
	list := s.Outcomes()
	if v := sums.Judged(s.Step); v.Follows || v.Within {
		for i := range list {
			list[i].Follow = Following(sums, s, list[i])
		}
	}
	return list
}

// Repeats returns the cause that a step's own failures share with another iteration; nil for the
// first. It is to be asked as the step's journal gives it.
func (s *Step) Repeats(sums *event.Summary) *cause.Cause {
	if v := sums.Judged(s.Step); v.Cause != nil && !v.Follows && v.Cause.Times > 1 {
		return v.Cause
	}
	return nil
}

// Text says it in a sentence.
func (f *Follow) Text() string {
	text := "follows from “" + f.Cause.Item.Name + "”"
	if f.Through != "" {
		text += ": " + f.Through
	}
	return text
}

// CausedText is "1 cause, 19 consequences", "" where nothing followed from anything.
func CausedText(s *event.Summary) string {
	causes, consequences := s.Caused()
	if consequences == 0 {
		return ""
	}
	return Count(causes, "cause") + ", " + Count(consequences, "consequence")
}

// CausePath is the place of a cause for people: "ePayment / Create payment".
func CausePath(p cause.Place) string {
	return strings.Join(append(slices.Clip(p.Path), p.Name), " / ")
}

// PlacesText lists iterations, " (iterations 1, 3, 5)"; "" for a single failure in a run of one.
func PlacesText(iterations []int, times int, many bool) string {
	if !many {
		if times > 1 {
			return fmt.Sprintf(" (%d times)", times)
		}
		return ""
	}
	const shown = 12
	var list []string
	for _, n := range iterations[:min(shown, len(iterations))] {
		list = append(list, strconv.Itoa(n+1))
	}
	if more := len(iterations) - shown; more > 0 {
		list = append(list, fmt.Sprintf("%d more", more))
	}
	noun := "iteration "
	if len(iterations) > 1 {
		noun = "iterations "
	}
	return " (" + noun + strings.Join(list, ", ") + ")"
}

// ConsequenceLines is a line for each consequence of a cause that is kept, at most so many, and one for the rest.
func ConsequenceLines(c *cause.Cause, most int, many bool) []string {
	var lines []string
	told := 0
	for _, q := range c.Consequences[:min(most, len(c.Consequences))] {
		line := CausePath(q.Item) + ": " + q.Name + PlacesText(q.Iterations, q.Times, many)
		if q.Through != "" {
			line += " – " + q.Through
		}
		told += q.Times
		lines = append(lines, OneLine(line))
	}
	if more := c.Followed - told; more > 0 {
		lines = append(lines, fmt.Sprintf("… and %d more", more))
	}
	return lines
}

// IsMany says whether a run has, or may have, several iterations.
func IsMany(run event.RunStarted) bool { return run.Iterations != 1 }
